// Goes on to the provider; before that, once, it tells the fragment of the page first asked for.
"use strict";
(function () {
  var link = document.getElementById("login");
  var target = link.getAttribute("data-return");
  if (location.hash.length > 1 && target.indexOf("#") < 0) {
    var again = new URL("login?return=" + encodeURIComponent(target + location.hash), location);
    // Servers read request lines of 4,096 bytes at least; a longer fragment is lost.
    if (again.pathname.length + again.search.length <= 4000) {
      location.replace(again.href);
      return;
    }
  }
  location.replace(link.href);
})();
