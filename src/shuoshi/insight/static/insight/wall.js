/* Turns the pages of the wall, freshens them, and keeps what it has while nobody answers. */
"use strict";
(() => {
  const TURN = 15_000;
  const FRESH = 60_000;
  const QUICK = 10_000;
  const PATIENCE = 20_000;
  const wall = document.querySelector("[data-wall]");
  const stale = document.querySelector("[data-stale]");
  const clock = document.querySelector("[data-clock]");
  let at = 0;

  // While numbers are called, every second page is theirs.
  const show = () => {
    const pages = [...wall.querySelectorAll("[data-page]")];
    const calls = pages.filter((page) => "queue" in page.dataset);
    const others = pages.filter((page) => !("queue" in page.dataset));
    const calling = calls.length > 0 && at % 2 === 0;
    const shown = calling ? calls : others;
    const place = calls.length ? Math.floor(at / 2) : at;
    const page = shown[place % shown.length];
    for (const one of pages) one.hidden = one !== page;
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
  // While numbers are called, whoever waits must not wait for the wall as well.
  let rounds = 0;
  setInterval(() => {
    rounds += 1;
    const calls = wall.querySelector("[data-queue]");
    if (calls || rounds % (FRESH / QUICK) === 0) freshen();
  }, QUICK);
  setInterval(tick, 5_000);
})();
