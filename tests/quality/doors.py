"""An import-linter contract: a room is entered through its doors only."""

from __future__ import annotations

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class DoorsContract(Contract):
    """Modules of a room other than its doors are imported from inside the room only.

    Rooms are the packages directly below ``houses``; a new room is covered from its first day, which a list of
    protected modules would not do. ``open_houses`` are packages there that are no rooms: all their modules are doors.
    """

    type_name = "doors"

    # Any: the library replaces each field by its value when it reads the configuration.
    houses: Any = fields.ListField(subfield=fields.ModuleField())
    doors: Any = fields.ListField(subfield=fields.StringField())
    open_houses: Any = fields.ListField(subfield=fields.ModuleField(), required=False, default=())
    allowed_importers: Any = fields.ListField(subfield=fields.ModuleField(), required=False, default=())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Return every import that comes through a wall."""
        allowed = {module.name for module in self.allowed_importers}
        intrusions = [
            (importer, module)
            for room in self._rooms(graph)
            for module in self._inner_modules(graph, room)
            for importer in sorted(graph.find_modules_that_directly_import(module))
            if importer not in allowed and not importer.startswith(f"{room}.")
        ]
        return ContractCheck(kept=not intrusions, metadata={"intrusions": intrusions})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import that broke the contract."""
        for importer, module in check.metadata["intrusions"]:
            output.print_error(f"- {importer} -> {module}: use the room's {', '.join(self.doors)}", bold=False)

    def _rooms(self, graph: ImportGraph) -> list[str]:
        packages = [package for house in self.houses for package in sorted(graph.find_children(house.name))]
        opened = {module.name for module in self.open_houses}
        return [package for package in packages if package not in opened and graph.find_children(package)]

    def _inner_modules(self, graph: ImportGraph, room: str) -> list[str]:
        doors = {f"{room}.{door}" for door in self.doors}
        return [module for module in sorted(graph.find_descendants(room)) if module not in doors]
