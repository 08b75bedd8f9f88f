/* Turns the pages of the wall, freshens them, and keeps what it has while nobody answers. */
"use strict";
(() => {
  const TURN = 15_000;
  const FRESH = 60_000;
  const PATIENCE = 20_000;
  const wall = document.querySelector("[data-wall]");
  const stale = document.querySelector("[data-stale]");
  const clock = document.querySelector("[data-clock]");
  let at = 0;

  const show = () => {
    const pages = wall.querySelectorAll("[data-page]");
    at = pages.length ? at % pages.length : 0;
    pages.forEach((page, place) => {
      page.hidden = place !== at;
    });
  };

  const turn = () => {
    at += 1;
    show();
  };

  const tick = () => {
    clock.textContent = new Date().toLocaleTimeString("zh-CN", {
      hour: "2-digit",
      minute: "2-digit",
    });
  };

  const freshen = async () => {
    try {
      const answer = await fetch(location.href, {
        cache: "no-store",
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.querySelector("[data-wall]");
      if (!next) throw new Error("no wall");
      if (next.dataset.build !== wall.dataset.build) {
        // The house was upgraded: its style and this script are new.
        location.reload();
        return;
      }
      wall.replaceChildren(...next.children);
      stale.hidden = true;
      show();
    } catch {
      stale.hidden = false;
    }
  };

  show();
  tick();
  setInterval(turn, TURN);
  setInterval(freshen, FRESH);
  setInterval(tick, 5_000);
})();
