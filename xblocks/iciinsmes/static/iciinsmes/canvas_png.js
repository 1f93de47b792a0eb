/* Makes a picture of a canvas's poster in the browser, so that no server needs to draw pixels. */
(function () {
  "use strict";
  const SHARPER = 2;
  document.querySelectorAll("[data-png]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        const response = await fetch(button.dataset.png);
        if (!response.ok) { throw new Error(response.status); }
        const picture = new Image();
        picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(await response.text());
        await picture.decode();
        const canvas = document.createElement("canvas");
        canvas.width = picture.naturalWidth * SHARPER;
        canvas.height = picture.naturalHeight * SHARPER;
        canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
        const link = document.createElement("a");
        link.href = canvas.toDataURL("image/png");
        link.download = button.dataset.name;
        link.click();
      } catch (error) {
        button.textContent = button.dataset.textFailed;
      }
    });
  });
})();
