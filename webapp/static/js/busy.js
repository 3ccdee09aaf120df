// A pressed button shows that it is at work, and the same form is not sent twice.
// Waiting for 150 ms keeps quick answers free of flicker.
const DELAY = 150;
// A plain form whose answer is a download never leaves the page: give its button back after a while.
const PATIENCE = 15000;
const running = new Map();
// A rule, not a style attribute: htmx copies attributes from what leaves a page to what takes its place, and the policy
// for styles refuses a copied style attribute.
const widths = new CSSStyleSheet();
document.adoptedStyleSheets.push(widths);

const keepWidth = (button) => {
  const width = Math.ceil(button.getBoundingClientRect().width);
  button.dataset.width = width;
  widths.insertRule(`[data-width="${width}"] { min-inline-size: ${width}px }`);
};

const freeWidth = (button) => {
  delete button.dataset.width;
  if (!document.querySelector("[data-width]")) widths.replaceSync("");
};

const send = (owner, button) => {
  const state = {};
  if (button?.matches("button")) state.timer = setTimeout(() => button.isConnected && show(state, button), DELAY);
  running.set(owner, state);
};

const show = (state, button) => {
  const label = button.matches(".icon-btn") ? null : button.querySelector(":scope > span:last-of-type") ?? button;
  const words = button.dataset.busy ?? document.body.dataset.busy;
  keepWidth(button);
  button.classList.add("busy");
  button.setAttribute("aria-disabled", "true");
  const before = label && words ? [...label.childNodes] : null;
  before && label.replaceChildren(words);
  state.restore = () => {
    before && label.replaceChildren(...before);
    button.classList.remove("busy");
    freeWidth(button);
    button.removeAttribute("aria-disabled");
  };
};

const done = (owner) => {
  const state = running.get(owner);
  clearTimeout(state?.timer);
  state?.restore?.();
  running.delete(owner);
};

const stop = (event) => {
  event.preventDefault();
  event.stopImmediatePropagation();
};

// Buttons that say they cannot be used stay reachable by keyboard, so the press is stopped here.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button");
  if (button && (button.getAttribute("aria-disabled") === "true" || running.has(button))) stop(event);
}, true);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || "notBusy" in form.dataset) return;
  if (running.has(form)) return stop(event);
  send(form, event.submitter ?? form.querySelector("button[type=submit], button:not([type])"));
  setTimeout(() => {
    // Somebody else called the sending off (no network, say) and htmx did not take over.
    if (event.defaultPrevented && !running.get(form)?.htmx) return done(form);
    if (!event.defaultPrevented) setTimeout(() => done(form), PATIENCE);
  });
}, true);

document.addEventListener("htmx:config:request", ({ target, detail: { ctx } }) => {
  if (ctx.request.method === "GET") return;
  if (!running.has(target) && !("notBusy" in target.dataset)) send(target, target);
  if (running.has(target)) running.get(target).htmx = true;
});

const waiting = new WeakMap();
document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  const { target } = ctx;
  if (!target || target === document.body) return;
  waiting.set(ctx, { target, timer: setTimeout(() => (target.ariaBusy = "true"), DELAY) });
});

document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  clearTimeout(waiting.get(ctx)?.timer);
  if (waiting.has(ctx)) waiting.get(ctx).target.ariaBusy = null;
  for (const owner of [...running.keys()]) {
    if (owner === ctx.sourceElement || owner === ctx.request.form || !owner.isConnected) done(owner);
  }
});

addEventListener("pageshow", () => [...running.keys()].forEach(done));
