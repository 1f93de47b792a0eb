/* A table that is wider than its place can be moved sideways with the keyboard too. */
(function () {
  "use strict";
  function look() {
    document.querySelectorAll(".courseware table, .whole-text table").forEach((table) => {
      if (table.scrollWidth > table.clientWidth) { table.tabIndex = 0; } else { table.removeAttribute("tabindex"); }
    });
  }
  look();
  window.addEventListener("resize", look);
})();
