/* A month on a phone: the key "next" goes to the next figure and, behind the last one, to the button. */
(function () {
  "use strict";
  const form = document.getElementById("month-form");
  if (!form) { return; }
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.type !== "text") { return; }
    event.preventDefault();
    const fields = Array.from(form.querySelectorAll("input[type=text], button"));
    const next = fields[fields.indexOf(event.target) + 1];
    next.focus();
    if (next.select) { next.select(); }
  });
}());
