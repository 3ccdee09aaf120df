// A form that a device fills in with a passkey. It stays hidden where there are none; every page has another way.
const supported = "parseRequestOptionsFromJSON" in (window.PublicKeyCredential ?? {});
const ways = {
  create: async (options) =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
  get: async (options) =>
    navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
};
const forms = () => document.querySelectorAll("form[data-passkey]");

// What the device must sign. Led elsewhere (to prove who we are, say), the whole page goes there.
const ask = async (form) => {
  const answer = await fetch(form.dataset.passkeyAsk, {
    method: "POST",
    body: new URLSearchParams({ csrf_token: form.elements.csrf_token.value }),
  });
  if (answer.redirected) return location.assign(answer.url);
  if (!answer.ok) throw answer;
  return answer.json();
};

const fill = async (form) => {
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    const options = await ask(form);
    if (!options) return;
    const credential = await ways[form.dataset.passkey](options);
    form.elements.credential.value = JSON.stringify(credential.toJSON());
    form.requestSubmit();
  } catch {
    failed.hidden = false; // put away, or none on this device: nothing is wrong, choose another way
  }
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-passkey]") || form.elements.credential.value) return;
  event.preventDefault();
  fill(form);
});
addEventListener("pageshow", () => forms().forEach((form) => (form.elements.credential.value = "")));

const scan = () => {
  if (!supported) return;
  forms().forEach((form) => (form.hidden = false));
  document.querySelectorAll("[data-passkey-missing]").forEach((text) => (text.hidden = true));
};
document.addEventListener("htmx:after:swap", scan);
scan();
