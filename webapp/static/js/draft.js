// Typed text is saved while typing: on the server, or on this device as long as the server cannot be reached.
// Where a name may be typed nothing is ever kept on the device, and never for people who are not signed in.
const EVERY = 4000;
const AGAIN = 15000;
const LONG_ENOUGH = 3;
const DAYS = 14;
const PREFIX = "brug-draft:";
const TEXT = "textarea, input:not([type]), input[type=text], input[type=search]";

const meta = (name) => document.querySelector(`meta[name=${name}]`)?.content;
const mine = () => `${PREFIX}${meta("draft-owner")}:`;
const forms = () => document.querySelectorAll("form[data-draft]");
const texts = (form) => [...form.querySelectorAll(TEXT)];
const body = (form) => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
const states = new WeakMap();
const stateOf = (form) => states.get(form) ?? states.set(form, {}).get(form);

// The copy on this device.
const keyOf = (form) => meta("draft-owner") && !("noDeviceCopy" in form.dataset) && mine() + form.dataset.draft;
const kept = (form) => texts(form).filter((field) => field.name && !("noDeviceCopy" in field.dataset));
const keep = (form) => {
  const values = kept(form).map((field) => [field.name, field.value]);
  try {
    if (!keyOf(form)) return "failed";
    localStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), values }));
    return "device";
  } catch {
    return "failed";
  }
};
const read = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
};
const drop = (form) => localStorage.removeItem(keyOf(form));
// Copies of somebody else, and old ones, do not stay on a shared device.
const tidy = (everything) => {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
    const strange = meta("draft-owner") && !key.startsWith(mine());
    const fresh = Date.now() - read(key)?.at < DAYS * 86400000;
    if (everything || strange || !fresh) localStorage.removeItem(key);
  }
};

const ICONS = { saved: "cloud-check", device: "hard-drive", restored: "history", failed: "circle-alert" };
const clock = () => {
  const now = new Date();
  const mark = document.documentElement.lang.startsWith("nl") ? "." : ":";
  return `${now.getHours()}${mark}${String(now.getMinutes()).padStart(2, "0")}`;
};
const tell = (form, state) => {
  const line = form.querySelector(".draft-status") ?? document.querySelector(".draft-status");
  const words = form.getAttribute(`data-draft-${state}`);
  if (!line || !words) return;
  const text = document.createElement("span");
  text.textContent = words.replace("{time}", clock());
  line.replaceChildren(...icon(ICONS[state]), text);
  line.dataset.state = state;
  line.classList.remove("quiet");
  line.hidden = false;
};
// The sprite's address carries a hash, so another icon of the page is copied and pointed elsewhere.
const icon = (name) => {
  const svg = document.querySelector("svg.icon > use")?.parentNode.cloneNode(true);
  if (!svg) return [];
  const use = svg.querySelector("use");
  svg.setAttribute("class", "icon");
  use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${name}`));
  return [svg];
};

const later = (form, delay) => {
  stateOf(form).timer ??= setTimeout(() => save(form), delay);
};
const halt = (form) => {
  const state = stateOf(form);
  clearTimeout(state.timer);
  state.timer = null;
  return state;
};
const save = async (form) => {
  const state = halt(form);
  const fields = body(form).toString();
  const short = texts(form).every((field) => field.value.trim().length < LONG_ENOUGH);
  if (state.sending || fields === state.last || short || !form.isConnected) return;
  if (!navigator.onLine) return tell(form, keep(form));
  state.sending = new AbortController();
  try {
    const answer = await fetch(form.dataset.draftUrl, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { Accept: "application/json", "X-CSRFToken": meta("csrf-token") },
      signal: state.sending.signal,
      keepalive: true,
      redirect: "manual",
    });
    if (answer.status === 401) {
      form.dispatchEvent(new CustomEvent("brug:session-ended", { bubbles: true, detail: () => save(form) }));
      return;
    }
    // What the server refuses waits until it is changed; what it could not do is tried again.
    if (answer.status < 500) state.last = fields;
    if (!answer.ok) throw answer;
    drop(form);
    tell(form, "saved");
    // Typed on while it was being sent.
    if (body(form).toString() !== fields) later(form, EVERY);
  } catch (trouble) {
    if (trouble.name === "AbortError") return;
    tell(form, keep(form));
    later(form, AGAIN);
  } finally {
    state.sending = null;
  }
};

document.addEventListener("input", ({ target }) => target.form?.matches("[data-draft]") && later(target.form, EVERY));
document.addEventListener("focusout", ({ target }) => states.get(target.form)?.timer && save(target.form));

// Sent for good. A form that htmx sends keeps its copy until the answer is good.
document.addEventListener("submit", ({ target: form, defaultPrevented }) => {
  if (form.matches("[data-sign-out]")) tidy(true);
  if (!form.matches("[data-draft]")) return;
  halt(form).sending?.abort();
  if (!defaultPrevented) drop(form);
});
document.addEventListener("htmx:after:request", ({ target, detail: { ctx } }) => {
  if (target.matches?.("form[data-draft]") && ctx.response.status < 400) drop(target);
});

const restore = (form) => {
  if (states.has(form)) return;
  stateOf(form).last = body(form).toString();
  const copy = keyOf(form) && read(keyOf(form));
  if (!copy) return;
  kept(form).forEach((field, at) => {
    const [name, value] = copy.values[at] ?? [];
    if (name === field.name && value) field.value = value;
  });
  if (body(form).toString() === stateOf(form).last) return drop(form);
  tell(form, "restored");
  later(form, EVERY);
};
const scan = () => forms().forEach(restore);

addEventListener("online", () => forms().forEach(save));
addEventListener("offline", () => forms().forEach((form) => states.get(form)?.timer && save(form)));
document.addEventListener("htmx:after:swap", scan);
tidy(false);
scan();
