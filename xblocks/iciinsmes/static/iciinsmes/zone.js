/* Tells the server in which zone this browser shows times: from the next page on, deadlines are written in it. */
(function () {
  "use strict";
  let zone = "";
  try { zone = Intl.DateTimeFormat().resolvedOptions().timeZone || ""; } catch (error) { /* the site's zone is shown */ }
  if (!/^[A-Za-z0-9_+/-]{1,64}$/.test(zone)) return;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `ici_zone=${zone}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
})();
