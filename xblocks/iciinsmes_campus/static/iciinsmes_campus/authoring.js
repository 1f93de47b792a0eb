/* The page around a block's own editor: goes back to the unit when the editor has saved or gives up. */
(function () {
  "use strict";
  const page = document.querySelector("[data-editor]");
  const leave = () => { window.location.assign(page.dataset.after); };

  document.addEventListener("xblock:cancel", leave);
  document.addEventListener("xblock:save", (event) => {
    if (event.detail && event.detail.state === "end") { leave(); }
  });
})();
