/* Sends evidence in pieces that survive a lost connection, and keeps the list of files up to date. */
(function () {
  "use strict";
  if (window.iciUploads) { return; }
  /* The server takes no smaller pieces but a last one. One should take about PIECE_TIME, so that progress shows. */
  const SMALLEST = 16 * 1024;
  const FIRST = 64 * 1024;
  const LARGEST = 512 * 1024;
  const PIECE_TIME = 8000;
  const RESTARTS = 5;
  const HASHED_BYTES = 64 * 1024 * 1024;
  const LONGEST_WAIT = 60000;
  const PATIENCE = 90000;
  const TRIES_AFTER_ERRORS = 6;

  function cookie(name) {
    const found = document.cookie.split("; ").find((part) => part.startsWith(name + "="));
    return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
  }

  /* Ends when the time is over, the network is back or the person has cancelled. */
  function pause(milliseconds, job) {
    return new Promise((resolve) => {
      const timer = setTimeout(done, milliseconds);
      function done() { clearTimeout(timer); window.removeEventListener("online", done); job.wake = null; resolve(); }
      window.addEventListener("online", done);
      job.wake = done;
    });
  }

  /* Not every page is served in a secure context; without a hash the server checks the size alone and resumes nothing. */
  async function hash(file) {
    if (!window.crypto || !crypto.subtle || file.size > HASHED_BYTES) { return ""; }
    const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function start(root) {
    if (root.iciStarted) { return; }
    root.iciStarted = true;
    const text = root.dataset;
    const find = (what) => root.querySelector("[data-ici-" + what + "]");
    const sending = find("sending");
    const work = root.closest("[data-ici-work]");
    const unsaved = new Set();
    const life = new AbortController();
    const { signal } = life;
    document.addEventListener("ici:page", () => { if (!root.isConnected) { life.abort(); } }, { signal });
    let line = Promise.resolve();
    let open = 0;

    /* The learning app changes the unit without asking; what was on its way then is named at the next visit. */
    const left = {
      key: "ici-sending:" + text.beginUrl + text.question,
      names() { try { return JSON.parse(sessionStorage.getItem(left.key)) || []; } catch (error) { return []; } },
      keep(names) { try { sessionStorage.setItem(left.key, JSON.stringify(names)); } catch (error) { /* Then nothing is named. */ } },
      add(name) { left.keep([...left.names(), name]); },
      drop(name) { const names = left.names(); names.splice(names.indexOf(name), 1); left.keep(names); },
    };

    function say(message) { find("say").textContent = message; }

    function problem(message) {
      const place = find("problem");
      place.textContent = message;
      place.hidden = !message;
      say(message);
    }

    function post(url, body, signal) {
      return fetch(url, {
        method: "POST", body, signal, credentials: "same-origin", redirect: "manual",
        headers: work && work.iciNote ? window.iciTyped.headers(work.iciNote) : { "X-CSRFToken": cookie(text.csrfCookie) },
      });
    }

    /* Returns the answer; goes on trying as long as nobody answers. A body that is a function is made for every try. */
    async function ask(job, url, body) {
      for (let tries = 1, errors = 0; !job.cancelled; tries += 1) {
        const sent = typeof body === "function" ? await body() : body;
        job.controller = new AbortController();
        const timer = setTimeout(() => job.controller.abort(), PATIENCE);
        let status = 0;
        let content = null;
        try {
          const response = await post(url, sent, job.controller.signal);
          status = response.status || 401;
          content = await response.text();
        } catch (error) { /* No network, or it broke off: the pause below waits for it. */ } finally { clearTimeout(timer); }
        if (content !== null) {
          if (status < 500 && ![408, 429].includes(status)) { return understood(status, content); }
          errors += 1;
          if (errors === TRIES_AFTER_ERRORS) { throw new Error(text.textFailed); }
        } else {
          job.piece = Math.max(SMALLEST, Math.floor(job.piece / 4));
        }
        job.show(text.textOffline, true);
        await pause(Math.min(LONGEST_WAIT, 1000 * 2 ** tries) * (0.5 + Math.random() / 2), job);
      }
      throw new Error("");
    }

    function understood(status, content) {
      let answer = null;
      try { answer = JSON.parse(content); } catch (error) { answer = {}; }
      if (status < 300 && (answer.urls || answer.html || "received" in answer)) { return answer; }
      if (status === 409 && "received" in answer) { return answer; }
      throw new Error(answer.message || (status === 413 ? text.textLarge : status < 404 ? text.textSignedOut : text.textFailed));
    }

    async function send(job) {
      const file = job.file;
      job.show(text.textReading, true);
      let sha256 = "";
      try { sha256 = await hash(file); } catch (error) { throw new Error(text.textUnreadable); }
      const begun = await ask(job, text.beginUrl, new URLSearchParams({ name: file.name, size: file.size, sha256, question: text.question }));
      job.urls = begun.urls;
      job.piece = FIRST;
      for (let received = begun.received, restarts = 0; restarts < RESTARTS; restarts += 1) {
        while (received < file.size && restarts < RESTARTS) {
          job.progress(received);
          const came = (await sendPiece(job, received)).received;
          if (came <= received) { restarts += 1; }
          received = came;
        }
        if (received < file.size) { break; }
        job.progress(received);
        job.show(text.textChecking, true);
        const done = await ask(job, begun.urls.finish);
        if (done.html) { return done; }
        received = done.received;
      }
      throw new Error(text.textFailed);
    }

    async function sendPiece(job, from) {
      let started = 0;
      let size = 0;
      const answer = await ask(job, job.urls.chunk + "?offset=" + from, async () => {
        const piece = await read(job.file, from, Math.min(from + job.piece, job.file.size));
        size = piece.byteLength;
        started = performance.now();
        return piece;
      });
      const fitting = Math.floor(size / Math.max(performance.now() - started, 1) * PIECE_TIME);
      job.piece = Math.min(LARGEST, 4 * job.piece, Math.max(SMALLEST, fitting));
      return answer;
    }

    /* Browsers refuse to read a file that is not any more what was chosen, and only then. */
    async function read(file, from, to) {
      try {
        const piece = await file.slice(from, to).arrayBuffer();
        if (piece.byteLength === to - from) { return piece; }
      } catch (error) { /* Said below. */ }
      throw new Error(text.textChanged);
    }

    function newJob(file) {
      const row = find("row").content.firstElementChild.cloneNode(true);
      const state = row.querySelector("[data-state]");
      const bar = row.querySelector("progress");
      const button = row.querySelector("button");
      row.querySelector("[data-name]").textContent = file.name;
      button.lastElementChild.append(file.name);
      sending.append(row);
      sending.hidden = false;
      const job = { file, row, cancelled: false, percent: 0 };
      job.show = (message, aloud) => {
        state.textContent = (job.percent ? job.percent + " % · " : "") + message;
        if (aloud && job.message !== message) { say(file.name + ": " + message); }
        job.message = message;
      };
      job.progress = (received) => {
        job.percent = Math.floor(received * 100 / file.size);
        bar.value = job.percent;
        job.show(text.textSending, job.percent === 0);
      };
      job.end = () => {
        row.remove();
        sending.hidden = !sending.children.length;
      };
      job.fail = (message) => {
        row.classList.add("failed");
        job.percent = 0;
        job.failed = true;
        job.show(message, true);
      };
      button.addEventListener("click", () => {
        job.cancelled = true;
        if (job.controller) { job.controller.abort(); }
        if (job.wake) { job.wake(); }
        if (job.urls) { post(job.urls.cancel).catch(() => { /* The server gives it up by itself after a day. */ }); }
        job.end();
        find("files").focus();
      });
      return job;
    }

    function refusal(file) {
      const ending = /\.([^.]*[a-z][^.]*)$/.exec(file.name.toLowerCase());
      if (!file.size) { return text.textEmpty; }
      if (file.size > Number(text.maxBytes)) { return text.textLarge; }
      if (ending && text.unplayable.split(" ").includes(ending[1])) { return text.textUnplayable; }
      if (ending && !text.extensions.split(" ").includes(ending[1])) { return text.textKinds; }
      return (work || root).querySelectorAll("[data-ici-file]").length + open >= Number(text.maxFiles) ? text.textMany : "";
    }

    function add(files) {
      problem("");
      Array.from(files).forEach((file) => {
        const job = newJob(file);
        const message = refusal(file);
        if (message) { job.fail(message); return; }
        open += 1;
        left.add(file.name);
        line = line.then(() => (job.cancelled ? null : send(job))).then((done) => {
          if (!done) { return; }
          job.end();
          merge(done.html);
          say(text.textAdded + ": " + done.name);
        }).catch((error) => { if (!job.cancelled) { job.fail(error.message || text.textFailed); } }).then(() => { open -= 1; left.drop(file.name); });
      });
    }

    function merge(html) {
      put(html);
      find("files").dispatchEvent(new CustomEvent("ici:files", { bubbles: true }));
    }

    function put(html) {
      const list = find("files");
      const holder = document.createElement("template");
      holder.innerHTML = html;
      const fresh = holder.content.querySelector("[data-ici-files]");
      const rows = list.querySelector("ul");
      const freshRows = fresh.querySelector("ul");
      const editable = Boolean(fresh.querySelector("form"));
      if (!rows || !freshRows || !editable) { list.replaceWith(fresh); return; }
      const ids = (place) => Array.from(place.children, (row) => row.dataset.iciFile);
      const wanted = ids(freshRows);
      Array.from(rows.children).forEach((row) => { if (!wanted.includes(row.dataset.iciFile)) { row.remove(); } });
      Array.from(freshRows.children).forEach((row) => {
        const old = Array.from(rows.children).find((each) => each.dataset.iciFile === row.dataset.iciFile);
        if (!old) { rows.append(row); } else if (old.dataset.iciItem !== row.dataset.iciItem) { old.replaceWith(row); }
      });
      const wrong = fresh.querySelector(".wrong");
      problem(wrong ? wrong.textContent : "");
    }

    async function submit(form) {
      const response = await post(form.action, new URLSearchParams(new FormData(form)));
      const html = await response.text();
      if (!html.includes("data-ici-files")) {
        problem(response.status < 404 ? text.textSignedOut : text.textFailed);
        if (response.status === 401) { window.iciTyped.failed(work, response); throw new Error(text.textSignedOut); }
        return false;
      }
      merge(html);
      return response.ok;
    }

    async function describe(form) {
      unsaved.add(form);
      try {
        if (await submit(form)) { say(text.textSaved); }
        unsaved.delete(form);
      } catch (error) {
        problem(error.message === text.textSignedOut ? error.message : text.textUnsaved);
      }
    }

    async function remove(form) {
      try {
        if (await submit(form)) { say(text.textRemoved); }
        find("files").focus();
      } catch (error) {
        problem(text.textFailed);
      }
    }

    root.addEventListener("change", (event) => {
      if (event.target.type === "file") {
        add(event.target.files);
        event.target.value = "";
      } else if (event.target.form && event.target.form.hasAttribute("data-ici-describe")) {
        describe(event.target.form);
      }
    });
    root.addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.target.hasAttribute("data-ici-remove")) { remove(event.target); }
      if (event.target.hasAttribute("data-ici-describe")) { describe(event.target); }
    });
    const later = () => unsaved.forEach((form) => { if (form.isConnected) { describe(form); } });
    window.addEventListener("online", later, { signal });
    if (work) { work.addEventListener("ici:back", later); }
    window.addEventListener("beforeunload", (event) => { if (open && root.isConnected) { event.preventDefault(); } }, { signal });

    const drop = find("drop");
    const over = (event) => {
      if (!Array.from(event.dataTransfer.types).includes("Files")) { return; }
      event.preventDefault();
      drop.classList.toggle("over", event.type === "dragover");
      if (event.type === "drop") { add(event.dataTransfer.files); }
    };
    ["dragover", "dragleave", "drop"].forEach((name) => root.addEventListener(name, over));

    if (work) {
      left.names().forEach((name) => newJob({ name }).fail(text.textLeft));
      left.keep([]);
    }
    root.iciTools = { signal, add, merge, post, problem, say };

    /* A hand-in takes what the server has: it waits for a description and does not overtake a file. */
    if (work) {
      work.addEventListener("htmx:confirm", (event) => {
        if (!event.target.hasAttribute("data-ici-hand-in") || (!open && !unsaved.size)) { return; }
        event.preventDefault();
        event.stopImmediatePropagation();
        if (open) { problem(text.textBusy); return; }
        Promise.all(Array.from(unsaved, describe)).then(() => { if (!unsaved.size) { event.target.click(); } });
      }, true);
    }
  }

  window.iciUploads = function (element) {
    const node = element.jquery || Array.isArray(element) ? element[0] : element;
    if (node.matches && node.matches("[data-ici-uploads]")) { start(node); }
    node.querySelectorAll("[data-ici-uploads]").forEach(start);
  };
  document.addEventListener("htmx:load", (event) => window.iciUploads(event.detail.elt));
  document.addEventListener("ici:page", (event) => window.iciUploads(event.target));
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", () => window.iciUploads(document));
  } else {
    window.iciUploads(document);
  }
})();
