/* The door of the mentor's page: hands the secret of the link, which browsers keep from servers, to the server in the body
   of a form. The answer is the page; its address keeps the secret behind the #, so that a reload finds the way again. */
(function () {
  "use strict";
  const form = document.getElementById("door");
  function enter() {
    if (location.hash.length < 2) { return; }
    form.elements.secret.value = location.hash;
    form.submit();
  }
  /* A link that is put into the address line of this very page loads nothing. */
  window.addEventListener("hashchange", enter);
  enter();
})();
