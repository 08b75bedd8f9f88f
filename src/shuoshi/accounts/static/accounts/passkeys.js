// Ask the browser for a passkey and put its answer into the form that asked.
"use strict";

const bytes = (text) => Uint8Array.from(
  atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0),
);
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const opened = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

async function answer(form) {
  const asked = JSON.parse(form.dataset.passkey);
  asked.challenge = bytes(asked.challenge);
  if ("make" in form.dataset) {
    asked.user.id = bytes(asked.user.id);
    asked.excludeCredentials = opened(asked.excludeCredentials);
    const made = await navigator.credentials.create({ publicKey: asked });
    return written(made, {
      attestationObject: text(made.response.attestationObject),
      clientDataJSON: text(made.response.clientDataJSON),
    });
  }
  asked.allowCredentials = opened(asked.allowCredentials);
  const shown = await navigator.credentials.get({ publicKey: asked });
  return written(shown, {
    authenticatorData: text(shown.response.authenticatorData),
    clientDataJSON: text(shown.response.clientDataJSON),
    signature: text(shown.response.signature),
  });
}

function written(key, response) {
  return JSON.stringify({
    id: key.id, rawId: text(key.rawId), type: key.type, response, clientExtensionResults: {},
  });
}

document.querySelectorAll("form[data-passkey]").forEach((form) => {
  form.addEventListener("submit", async (event) => {
    if (form.elements.passkey.value) return;
    event.preventDefault();
    const failed = form.querySelector("[data-passkey-failed]");
    failed.hidden = true;
    try {
      form.elements.passkey.value = await answer(form);
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
});
