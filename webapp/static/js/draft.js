// Typed text is saved while typing: on the server, or on this device as long as there is no connection.
// Where a name may be typed nothing is ever kept on the device, and never for people who are not signed in.
const EVERY = 4000;
const AGAIN = 15000;
const LONG_ENOUGH = 3;
const DAYS = 14;
const PREFIX = "brug-draft:";
const owner = () => document.querySelector("meta[name=draft-owner]")?.content;
const forms = () => document.querySelectorAll("form[data-draft]");
const states = new WeakMap();
const stateOf = (form) => states.get(form) ?? states.set(form, {}).get(form);

const TEXT = "textarea, input:is(:not([type]), [type=text], [type=search])";
const texts = (form) => [...form.querySelectorAll(TEXT)];
const worthIt = (form) => texts(form).some((field) => field.value.trim().length >= LONG_ENOUGH);
const body = (form) => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));

const read = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
};
const store = {
  key: (form) => `${PREFIX}${owner()}:${form.dataset.draft}`,
  allowed: (form) => Boolean(owner()) && !("noDeviceCopy" in form.dataset),
  fields: (form) => texts(form).filter((field) => field.name && !("noDeviceCopy" in field.dataset)),
  put(form) {
    if (!this.allowed(form)) return false;
    const values = this.fields(form).map((field) => [field.name, field.value]);
    try {
      localStorage.setItem(this.key(form), JSON.stringify({ at: Date.now(), values }));
      return true;
    } catch {
      return false;
    }
  },
  get: (form) => (store.allowed(form) ? read(store.key(form)) : null),
  drop: (form) => localStorage.removeItem(store.key(form)),
  // Copies of somebody else, and old ones, do not stay on a shared device.
  tidy(everything) {
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith(PREFIX))) {
      const strange = owner() && !key.startsWith(`${PREFIX}${owner()}:`);
      const fresh = Date.now() - read(key)?.at < DAYS * 86400000;
      if (everything || strange || !fresh) localStorage.removeItem(key);
    }
  },
};

const ICONS = { saved: "cloud-check", device: "hard-drive", restored: "history", failed: "circle-alert" };
const clock = () => {
  const now = new Date();
  const mark = document.documentElement.lang.startsWith("nl") ? "." : ":";
  return `${now.getHours()}${mark}${String(now.getMinutes()).padStart(2, "0")}`;
};
const tell = (form, state) => {
  const line = form.querySelector("[data-draft-status], .draft-status") ?? document.querySelector(".draft-status");
  const words = form.dataset[`draft${state[0].toUpperCase()}${state.slice(1)}`];
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

const save = async (form) => {
  const state = stateOf(form);
  clearTimeout(state.timer);
  state.timer = null;
  const fields = body(form);
  if (state.sending || fields.toString() === state.last || !worthIt(form)) return;
  if (!navigator.onLine) return tell(form, store.put(form) ? "device" : "failed");
  state.sending = new AbortController();
  try {
    const answer = await fetch(form.dataset.draftUrl, {
      method: "POST",
      body: fields,
      headers: { "X-CSRFToken": document.querySelector("meta[name=csrf-token]")?.content ?? "" },
      signal: state.sending.signal,
      keepalive: true,
      redirect: "manual",
    });
    if (answer.ok) {
      state.last = fields.toString();
      store.drop(form);
      tell(form, "saved");
    } else if (answer.status === 401) {
      form.dispatchEvent(new CustomEvent("brug:session-ended", { bubbles: true, detail: () => save(form) }));
    } else tell(form, "failed");
  } catch (trouble) {
    if (trouble.name === "AbortError") return;
    tell(form, store.put(form) ? "device" : "failed");
    later(form, AGAIN);
  } finally {
    state.sending = null;
  }
  // Typed on while it was being sent.
  if (state.last === fields.toString() && body(form).toString() !== state.last) later(form, EVERY);
};
const later = (form, delay) => {
  const state = stateOf(form);
  state.timer ??= setTimeout(() => save(form), delay);
};
const halt = (form) => {
  const state = stateOf(form);
  clearTimeout(state.timer);
  state.timer = null;
  state.sending?.abort();
};

document.addEventListener("input", ({ target }) => {
  const form = target.form;
  if (!form?.matches("[data-draft]")) return;
  later(form, EVERY);
});
document.addEventListener("focusout", ({ target }) => {
  const form = target.form;
  if (form?.matches?.("[data-draft]") && states.get(form)?.timer) save(form);
});

// Sent for good. A form sent by htmx keeps its copy until the answer is good.
document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-sign-out]")) store.tidy(true);
  if (!event.target.matches("[data-draft]")) return;
  halt(event.target);
  if (navigator.onLine && !event.defaultPrevented) store.drop(event.target);
});
document.addEventListener("htmx:after:request", ({ target, detail: { ctx } }) => {
  if (target.matches?.("form[data-draft]") && ctx.response.status < 400) store.drop(target);
});

const restore = (form) => {
  if (states.has(form)) return;
  stateOf(form).last = body(form).toString();
  const copy = store.get(form);
  if (!copy) return;
  const waiting = store.fields(form);
  let changed = false;
  for (const [name, value] of copy.values) {
    const at = waiting.findIndex((field) => field.name === name);
    const [field] = at < 0 ? [] : waiting.splice(at, 1);
    if (!field || !value || field.value === value) continue;
    field.value = value;
    changed = true;
  }
  if (!changed) return store.drop(form);
  tell(form, "restored");
  if (navigator.onLine) later(form, EVERY);
};
const scan = () => forms().forEach(restore);

addEventListener("online", () => forms().forEach(save));
addEventListener("offline", () => forms().forEach((form) => states.get(form)?.timer && save(form)));
document.addEventListener("htmx:after:swap", scan);
store.tidy(false);
scan();
