"""Small XBlocks for tests, each with one habit."""

from __future__ import annotations

from typing import Any

from web_fragments.fragment import Fragment
from webob import Response
from xblock.core import XBlock
from xblock.exceptions import JsonHandlerError, NotFoundError, ProcessingError
from xblock.fields import Integer, Scope, String

from iciinsmes_campus.learning.models import TrackingEvent


@XBlock.needs("user", "i18n", "field-data", "replace_urls", "cache", "sandbox", "completion")
class HabitBlock(XBlock):
    """Keeps counters, publishes what it is told to, and fails on request."""

    has_score = True
    weight = Integer(default=None, scope=Scope.settings)
    text = String(default="", scope=Scope.content)
    one = Integer(default=0, scope=Scope.user_state)
    two = Integer(default=0, scope=Scope.user_state)
    everywhere = Integer(default=0, scope=Scope.preferences)
    together = Integer(default=0, scope=Scope.user_state_summary)

    def max_score(self) -> float:
        return 4

    def student_view(self, _context: Any = None) -> Fragment:
        fragment = Fragment(f"<p>{self.one}/{self.everywhere}/{self.together} <img src='/static/a.svg'></p>")
        fragment.add_javascript("function Habit(runtime, element, args) {}")
        fragment.add_css('@import url("https://fonts.example.com/x.css"); .habit { color: red }')
        fragment.add_javascript_url("https://cdn.example.com/x.js")
        fragment.initialize_js("Habit", {"html": "</script><script>alert(1)</script>"})
        return fragment

    def studio_view(self, _context: Any = None) -> Fragment:
        return Fragment(f"<textarea>{self.text}</textarea>")

    @XBlock.json_handler
    def count(self, data: dict[str, Any], _suffix: str = "") -> dict[str, int]:
        self.one += 1
        self.everywhere += 1
        self.together += 1
        if data.get("fail"):
            raise RuntimeError("failed on request")
        return {"one": self.one}

    @XBlock.json_handler
    def publish(self, data: dict[str, Any], suffix: str = "") -> dict[str, str]:
        self.runtime.publish(self, suffix, data)
        return {"result": "ok"}

    @XBlock.json_handler
    def refuse(self, data: dict[str, Any], _suffix: str = "") -> None:
        raise JsonHandlerError(409, "Somebody was faster.")

    @XBlock.json_handler
    def close(self, data: dict[str, Any], _suffix: str = "") -> None:
        """Refuse as the platform's own blocks do, with words or without."""
        raise (NotFoundError() if data.get("quietly") else ProcessingError("This problem is closed."))

    @XBlock.json_handler
    def write(self, data: dict[str, Any], _suffix: str = "") -> dict[str, str]:
        self.text = data["text"]
        return {"result": "ok"}

    @XBlock.handler
    def whoami(self, request: Any, suffix: str = "") -> Response:
        user = self.runtime.service(self, "user").get_current_user()
        return Response(json_body={"suffix": suffix, "query": dict(request.GET), **user.opt_attrs})

    @XBlock.handler
    def eager(self, _request: Any, suffix: str = "") -> Response:
        """Change something whatever the method is, as careless packages do."""
        if suffix == "save":
            self.one += 1
        elif suffix == "publish":
            self.runtime.publish(self, "grade", {"value": 1, "max_value": 4})
        else:
            TrackingEvent.objects.create(name="habit.eager", usage_key=self.scope_ids.usage_id, data={})
        return Response(json_body={})

    @XBlock.handler
    def upload(self, request: Any, suffix: str = "") -> Response:
        file = request.POST["file"]
        return Response(json_body={"name": file.filename, "size": len(file.file.read()), "note": request.POST["note"]})


class FailingBlock(XBlock):
    """Fails when it is shown."""

    def student_view(self, _context: Any = None) -> Fragment:
        raise RuntimeError("cannot be shown")
