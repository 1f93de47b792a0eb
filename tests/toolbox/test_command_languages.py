"""What somebody fills in is understood by the command in whichever language it was made."""

from __future__ import annotations

import json
from itertools import cycle

import pytest

from iciinsmes.toolbox import api
from iciinsmes.toolbox.__main__ import main
from iciinsmes.toolbox.data import result_to_json, show
from iciinsmes.toolbox.table_import.names import packaged_languages

MAKERS = {"csv": api.template_csv, "xlsx": api.template_xlsx}


#: Each instrument in one language and one kind of file, in turns: that every template is read back as it was in every
#: language and kind, is for `test_templates_read_back` and `test_known_figures` to say.
TURNS = list(zip(api.all_instruments(), cycle(packaged_languages()), cycle(MAKERS), strict=False))


@pytest.mark.parametrize(("instrument", "code", "ending"), TURNS, ids=[turn[0].code for turn in TURNS])
def test_a_template_with_the_rows_of_the_demo_has_the_result_of_the_demo(instrument, code, ending, tmp_path, capsys):
    path = tmp_path / f"filled.{ending}"
    language = packaged_languages()[code]
    path.write_bytes(MAKERS[ending](instrument=instrument, language=language, with_demo=True))
    chosen = api.demo_options(instrument=instrument, language=language)
    options = [f"--option={key}={value}" for key, value in chosen.items()]
    assert main(["run", instrument.code, str(path), "--json", *options]) == 0
    said = json.loads(capsys.readouterr().out)
    demo = api.demo_table(instrument=instrument, language=language)
    wanted = json.loads(json.dumps(result_to_json(api.run(instrument=instrument, table=demo, options=chosen))))
    assert said["mapping"] == {
        column.key: {"column": show(column.title, language), "number": number}
        for number, column in enumerate(instrument.columns, 1)
    }
    assert said["rows_left_out"] == []
    for key in ("n", "verdict", "figures", "tables"):
        assert said[key] == wanted[key]
