// Comfort for those who have scripts. Every page works without this file.
"use strict";

const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const typing = (element) => element.matches("input, select, textarea, [contenteditable]");

// Printing, and the help that a script must work: shown only because we are here.
all("[data-print], [data-help]").forEach((button) => { button.hidden = false; });
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
  if (event.target.closest("[data-help]")) showKeys();
  all("details.menu[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});

// Keyboard at the desk. Rows of the help come from the page itself.
const dialog = one("#keys");
const KEYS_OFF = "shuoshi-keys-off";
let waiting = "";

function showKeys() {
  if (dialog && !dialog.open) dialog.showModal();
}

function nameOf(element) {
  const label = element.labels?.[0] ?? one("span:not(.spoken):not(.count)", element) ?? element;
  return label.textContent.trim().replace(/\s+/g, " ");
}

if (dialog) {
  const list = one("[data-keys-list]", dialog);
  all("[data-keys]").forEach((target) => {
    const row = list.insertRow();
    const keys = row.insertCell();
    target.dataset.keys.split(" ").forEach((key) => {
      keys.append(Object.assign(document.createElement("kbd"), { textContent: key }), " ");
    });
    row.insertCell().textContent = nameOf(target);
  });
  const on = one("[data-keys-on]", dialog);
  on.checked = localStorage.getItem(KEYS_OFF) === null;
  on.addEventListener("change", () => {
    if (on.checked) localStorage.removeItem(KEYS_OFF);
    else localStorage.setItem(KEYS_OFF, "1");
  });
}

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("form");
  if (event.key === "Enter" && event.ctrlKey && form) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  if (event.key === "Escape") {
    all("details.menu[open]").forEach((menu) => {
      menu.open = false;
      one("summary", menu).focus();
    });
  }
  const busy = event.ctrlKey || event.metaKey || event.altKey || event.isComposing;
  if (!dialog || busy || dialog.open || typing(event.target)) return;
  if (localStorage.getItem(KEYS_OFF) !== null) return;
  if (event.key === "?") { showKeys(); return; }
  const pressed = waiting ? `${waiting} ${event.key}` : event.key;
  waiting = "";
  const targets = all("[data-keys]");
  const target = targets.find((element) => element.dataset.keys === pressed);
  if (target) {
    event.preventDefault();
    target.focus();
    if (typing(target)) target.select();
    else target.click();
  } else if (targets.some((element) => element.dataset.keys.startsWith(`${pressed} `))) {
    waiting = pressed;
    setTimeout(() => { waiting = ""; }, 1500);
  }
});

// What is written but not sent. Nothing is kept on the device: others use it too.
let unsent = false;
document.addEventListener("input", (event) => {
  if (event.target.closest("form[data-guard]")) unsent = true;
});
// In a form that says so, Enter in a line goes to the next field: what is registered by a
// slip stays registered. The key itself is let through, so that it still takes a suggestion.
let line = null;
document.addEventListener("keydown", (event) => {
  const plain = event.key === "Enter" && !event.ctrlKey;
  line = plain && event.target.matches?.("form[data-lines] input") ? event.target : null;
}, true);
document.addEventListener("keyup", () => { line = null; });
document.addEventListener("submit", (event) => {
  if (!line || line.form !== event.target) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const fields = [...line.form.elements].filter((one) => one.type !== "hidden");
  fields[fields.indexOf(line) + 1]?.focus();
  line = null;
}, true);

document.addEventListener("submit", (event) => {
  unsent = false;
  const button = event.submitter ?? one("[data-busy]", event.target);
  if (!button?.dataset.busy) return;
  button.dataset.usual ??= button.textContent;
  // After the browser has read the form: a disabled button would not be sent.
  setTimeout(() => {
    button.textContent = button.dataset.busy;
    button.setAttribute("aria-disabled", "true");
  });
});
document.addEventListener("click", (event) => {
  if (event.target.closest("button[aria-disabled=true]")) event.preventDefault();
});
window.addEventListener("beforeunload", (event) => { if (unsent) event.preventDefault(); });
// Back from the next page, the browser may show this one as it was left.
window.addEventListener("pageshow", () => { all("[data-usual]").forEach(restore); });

function restore(button) {
  button.textContent = button.dataset.usual;
  button.removeAttribute("aria-disabled");
}

function showTrouble() {
  all("[data-usual]").forEach(restore);
  const trouble = one("#trouble");
  if (trouble) trouble.hidden = false;
}
["htmx:responseError", "htmx:sendError", "htmx:timeout"].forEach((name) => {
  document.addEventListener(name, showTrouble);
});

// After a refusal, the reader stands at what is wrong.
one("[data-wrong]")?.focus();
document.addEventListener("htmx:afterSwap", () => { one("[data-wrong]")?.focus(); });

// Names and sizes of the chosen files.
document.addEventListener("change", (event) => {
  if (!event.target.matches("input[data-files]")) return;
  const list = event.target.nextElementSibling;
  list.replaceChildren(...[...event.target.files].map((file) => Object.assign(
    document.createElement("li"),
    { textContent: `${file.name}（${(file.size / 1048576).toFixed(1)} MB）` },
  )));
  list.hidden = !list.children.length;
});

// The receipt: in fours as on paper; after # in a QR code, so that no server log keeps it.
const inFours = (text) => (text.replace(/\D/g, "").slice(0, 16).match(/.{1,4}/g) ?? []).join(" ");
const receipt = one("input[data-receipt]");
if (receipt) {
  const digits = location.hash.slice(1);
  if (/^\d{16}$/.test(digits)) {
    receipt.value = inFours(digits);
    history.replaceState(null, "", location.pathname + location.search);
  }
  receipt.addEventListener("input", () => {
    if (receipt.selectionStart === receipt.value.length) receipt.value = inFours(receipt.value);
  });
}
