/* Records sound on the spot and hands it to the upload script like any other file. */
(function () {
  "use strict";
  if (window.iciRecorder) { return; }
  const LONGEST = 10 * 60;
  const BITS = 48000;
  const TYPES = { "audio/webm;codecs=opus": "webm", "audio/mp4": "m4a", "audio/ogg;codecs=opus": "ogg" };

  function start(root) {
    const button = root.querySelector("[data-ici-record]");
    const work = root.closest("[data-ici-work]");
    const type = window.MediaRecorder && navigator.mediaDevices && Object.keys(TYPES).find((each) => MediaRecorder.isTypeSupported(each));
    if (!button || !work || root.iciRecorder || !type) { return; }
    root.iciRecorder = true;
    const tools = root.iciTools;
    const chooser = root.querySelector("[data-ici-record-file]");
    const slot = root.querySelector("[data-ici-slot]");
    let panel = null;
    let recorder = null;
    let address = "";
    let clock = 0;
    button.hidden = false;
    chooser.hidden = true;

    function two(number) { return String(number).padStart(2, "0"); }

    function fileName() {
      const now = new Date();
      const parts = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate()), two(now.getHours()) + two(now.getMinutes())];
      return "recording-" + parts.join("-") + "." + TYPES[type];
    }

    function close() {
      clearInterval(clock);
      if (recorder && recorder.state !== "inactive") { recorder.onstop = null; recorder.stop(); }
      if (recorder) { recorder.stream.getTracks().forEach((track) => track.stop()); }
      if (address) { URL.revokeObjectURL(address); }
      if (panel) { panel.remove(); }
      panel = recorder = null;
      address = "";
      button.focus();
    }

    async function record() {
      if (panel || slot.firstElementChild) { slot.querySelector("button, input").focus(); return; }
      tools.problem("");
      let stream;
      try {
        stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      } catch (error) {
        tools.problem(root.dataset.textNoMicrophone);
        button.hidden = true;
        chooser.hidden = false;
        return;
      }
      slot.append(work.querySelector("template[data-ici-recorder]").content.cloneNode(true));
      panel = slot.lastElementChild;
      const pieces = [];
      const state = panel.querySelector("[data-state]");
      const time = panel.querySelector("[data-time]");
      const began = Date.now();
      let full = false;
      recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: BITS });
      recorder.ondataavailable = (event) => pieces.push(event.data);
      recorder.onstop = () => {
        clearInterval(clock);
        stream.getTracks().forEach((track) => track.stop());
        const sound = new Blob(pieces, { type: type.split(";")[0] });
        const player = panel.querySelector("audio");
        address = URL.createObjectURL(sound);
        player.src = address;
        player.hidden = false;
        state.textContent = full ? state.dataset.full : state.dataset.stopped;
        panel.querySelector("[data-stop]").hidden = true;
        panel.querySelector("[data-use]").hidden = false;
        panel.querySelector("[data-use]").focus();
        panel.querySelector("[data-use]").onclick = () => {
          const file = new File([sound], fileName(), { type: sound.type });
          close();
          tools.add([file]);
        };
      };
      clock = setInterval(() => {
        const seconds = Math.floor((Date.now() - began) / 1000);
        time.textContent = Math.floor(seconds / 60) + ":" + two(seconds % 60);
        full = seconds >= LONGEST;
        if (full && recorder.state === "recording") { recorder.stop(); }
      }, 250);
      state.textContent = state.dataset.recording;
      time.textContent = "0:00";
      panel.querySelector("[data-stop]").onclick = () => recorder.stop();
      panel.querySelector("[data-discard]").onclick = close;
      recorder.start();
      panel.querySelector("[data-stop]").focus();
    }

    button.addEventListener("click", record);
    window.addEventListener("beforeunload", (event) => { if (panel && panel.isConnected) { event.preventDefault(); } }, { signal: tools.signal });
    work.addEventListener("htmx:confirm", (event) => {
      if (!event.target.hasAttribute("data-ici-hand-in") || !panel || !panel.isConnected) { return; }
      event.preventDefault();
      event.stopImmediatePropagation();
      tools.problem(root.dataset.textOpen);
      panel.querySelector("[data-discard]").focus();
    }, true);
  }

  window.iciRecorder = function (element) { element.querySelectorAll("[data-ici-uploads]").forEach(start); };
  document.addEventListener("htmx:load", (event) => window.iciRecorder(event.detail.elt));
  document.addEventListener("ici:page", (event) => window.iciRecorder(event.target));
  document.addEventListener("DOMContentLoaded", () => window.iciRecorder(document));
})();
