"use strict";
// Passkeys and security keys. The browser's part is done by allauth's script; this one tells it
// which button and which field of the page, and says in words what failed.
(function () {
  const forms = window.allauth.webauthn.forms;
  const formOf = { login: forms.loginForm, authenticate: forms.authenticateForm, add: forms.addForm };
  const isKnown = window.isSecureContext && Boolean(window.PublicKeyCredential);

  function show(id) {
    const note = document.getElementById(id);
    if (note) note.hidden = false;
  }

  document.querySelectorAll("[data-passkey]").forEach(function (button) {
    if (!isKnown) return show("passkeys-unknown");
    const kind = button.dataset.passkey;
    const ids = { credential: button.dataset.credential, data: "js_data", passwordless: "id_passwordless" };
    ids[kind] = button.id;
    formOf[kind]({ ids: ids });
    button.hidden = false;
  });

  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    show("passkey-failed");
  });
})();
