// Where the keyboard goes and what a screen reader hears when a part of the page is exchanged.
const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary";
const SUMMARY = "[data-error-summary], .error-summary";

const go = (element) => {
  if (!element) return false;
  if (!element.matches(CONTROLS) && !element.hasAttribute("tabindex")) element.tabIndex = -1;
  element.focus();
  return document.activeElement === element;
};

// What must be mended first: the summary, or the first field with an error.
const wrong = (part) =>
  part.querySelector(SUMMARY) ?? part.querySelector("[aria-invalid=true]")
  ?? part.querySelector(".field > .error")?.parentElement.querySelector(CONTROLS);

// Remember the rows around the focused control: it may be gone after the swap.
let around = null;
document.addEventListener("htmx:before:swap", () => {
  const active = document.activeElement;
  const row = active?.closest?.("[data-row]");
  const siblings = row ? [...row.parentElement.querySelectorAll(":scope > [data-row]")] : [];
  const at = siblings.indexOf(row);
  around = {
    lost: active && active !== document.body ? active : null,
    rows: [row, ...siblings.slice(at + 1), ...siblings.slice(0, at).reverse()].filter(Boolean),
    home: active?.closest?.("[data-focus-home]"),
  };
});

const now = (element) => (element?.isConnected ? element : element?.id ? document.getElementById(element.id) : null);

const stay = () => {
  if (!around?.lost || document.activeElement !== document.body) return;
  const rows = around.rows.map((row) => now(row)?.querySelector(CONTROLS));
  const home = now(around.home);
  [now(around.lost), ...rows, home?.querySelector("[data-focus]") ?? home, document.querySelector("main h1")].some(go);
};

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  const part = now(ctx.target) ?? document;
  if (ctx.response?.status === 422 && go(wrong(part))) return say();
  const wanted = part.matches?.("[data-focus]") ? part : part.querySelector("[data-focus]");
  if (!go(wanted)) ctx.target === document.body ? go(document.querySelector("main h1")) : stay();
  say();
});

// Announce what changed, one message at a time, politely.
const heard = new WeakMap();
const announce = (text) => {
  const region = document.getElementById("announce");
  if (!region || !text) return;
  region.textContent = "";
  setTimeout(() => (region.textContent = text), 50);
};
const say = (aloud = true) => {
  const news = [];
  for (const element of document.querySelectorAll("[data-announce]")) {
    const text = (element.dataset.announce || element.textContent).trim();
    if (heard.get(element) !== text) news.push(text);
    heard.set(element, text);
  }
  if (aloud) announce(news.join(" "));
};
document.addEventListener("brug:announce", ({ detail }) => announce(detail));

say(false);
go(wrong(document));
