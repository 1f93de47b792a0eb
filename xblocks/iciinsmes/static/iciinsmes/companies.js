/* Copies a link; without a clipboard (plain http) it selects the text, so that two keys copy it. */
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    if (!navigator.clipboard) return;
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.done;
    document.querySelector("[data-copied]").textContent = button.dataset.done;
  });
}
