// Leave quickly: the page that was open is not in the history any more.
"use strict";

const way = document.querySelector("a[data-leave]");
way?.addEventListener("click", (event) => {
  event.preventDefault();
  document.documentElement.hidden = true;
  location.replace(way.href);
});
// Back by the browser's button, which may keep a page as it was: it is asked for anew.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  document.documentElement.hidden = true;
  location.replace(way ? way.href : "/");
});
