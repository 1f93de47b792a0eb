/* Texts of authors as they will look, where the page has TinyMCE: Studio brings its own, the campus another one. The box
   below it stays what is read, kept and sent; its HTML can be looked at and changed at any time. */
(function () {
  "use strict";
  const IN_STUDIO = "js/vendor/tinymce/js/tinymce";
  const TOOLS = " bold italic | bullist numlist | link image table | removeformat | undo redo";
  const STYLE = "body { font: 16px/1.5 system-ui, sans-serif; margin: 12px; } img { max-width: 100%; } table { border-collapse: collapse; } td, th { border: 1px solid #888; padding: 4px 8px; }";
  const begun = new WeakSet();
  let count = 0;

  /* What differs between the two releases, and where Studio's lies: it was loaded in a bundle and cannot find its parts. */
  function release() {
    const isOld = Number(window.tinymce.majorVersion) < 6;
    const language = document.documentElement.lang.split("-")[0];
    const known = { hu: "hu_HU" }[language] || language;
    if (window.baseUrl) {
      window.tinymce.baseURL = window.baseUrl + IN_STUDIO;
      window.tinymce.suffix = ".min";
    }
    return Object.assign(
      { toolbar: (isOld ? "formatselect |" : "blocks |") + TOOLS },
      window.baseUrl ? { theme: "silver", skin: "studio-tmce5" } : {},
      window.tinymce.i18n.hasCode(known) ? { language: known } : {}
    );
  }

  function begin(box) {
    const area = box.querySelector("textarea");
    const button = box.querySelector("[data-rich-source]");
    const label = document.querySelector("label[for='" + area.id + "']");
    const mount = document.createElement("div");
    const target = document.createElement("div");
    let editor = null;
    let shown = "";

    function changed() {
      const html = editor.getContent();
      if (html === shown) { return; }
      shown = html;
      area.value = html;
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }

    function show(isSource) {
      if (!isSource) { editor.setContent(area.value); shown = editor.getContent(); }
      mount.hidden = isSource;
      area.hidden = !isSource;
      button.setAttribute("aria-pressed", String(isSource));
    }

    /* Kept apart: what is typed is kept as HTML of the form, and the editor makes itself anew. */
    mount.dataset.notKept = "";
    target.id = "ici-rich-" + (count += 1);
    mount.append(target);
    area.before(mount);
    window.tinymce.init(Object.assign(release(), {
      target: target, plugins: "lists link image table", menubar: false, statusbar: false, branding: false, promotion: false,
      height: 320, content_css: false, content_style: STYLE, browser_spellcheck: true, contextmenu: false,
      convert_urls: false, entity_encoding: "raw", iframe_aria_text: label ? label.textContent : "",
      setup(made) {
        editor = made;
        made.on("init", () => { show(false); button.hidden = false; });
        made.on("input change undo redo", changed);
      },
    }));
    if (label) { label.addEventListener("click", () => { if (!mount.hidden) { editor.focus(); } }); }
    button.addEventListener("click", () => { show(!mount.hidden); });
  }

  window.iciStudioText = {
    /* Call it again when fields were replaced. */
    start(form) {
      form.querySelectorAll("[data-rich]").forEach((box) => {
        if (!window.tinymce) { box.querySelector("textarea").hidden = false; return; }
        if (!begun.has(box)) { begun.add(box); begin(box); }
      });
      if (window.tinymce) { window.tinymce.get().filter((editor) => !editor.getElement().isConnected).forEach((editor) => editor.remove()); }
    },
    /* The page stays when the form goes, and would remember it. */
    stop(form) {
      if (window.tinymce) { window.tinymce.get().filter((editor) => form.contains(editor.getElement())).forEach((editor) => editor.remove()); }
    },
  };
})();
