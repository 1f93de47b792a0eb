/* Keeps words on the device. Private windows and full disks refuse storage; pages then work without a copy. */
(function () {
  "use strict";
  window.iciDevice = {
    read(key) { try { return JSON.parse(localStorage.getItem(key)); } catch (error) { return null; } },
    write(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch (error) { /* see above */ } },
    drop(key) { try { localStorage.removeItem(key); } catch (error) { /* see above */ } },
  };
})();
