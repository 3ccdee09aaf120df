// A page that others change too stays in step: every three seconds it asks one number, and only when that grew it fetches
// its parts ("live"). Nothing is asked while nobody looks, and ever less often while the server cannot be reached.
const EVERY = 3000;
const SLOWEST = 30000;
let wait = EVERY;
let timer = null;

const root = () => document.querySelector("[data-live]");
// The number that came with the parts that are on the page now.
const known = (live) => document.getElementById("run-pulse")?.dataset.pulse ?? live.dataset.pulse;

const look = async () => {
  const live = root();
  if (!live || document.hidden) return;
  const pulse = known(live);
  try {
    const answer = await fetch(live.dataset.live, { headers: { "If-None-Match": `"${pulse}"` }, redirect: "manual" });
    if (answer.status === 200 && (await answer.text()) !== pulse) live.dispatchEvent(new CustomEvent("live"));
    wait = answer.status < 400 ? EVERY : Math.min(wait * 2, SLOWEST);
  } catch {
    wait = Math.min(wait * 2, SLOWEST);
  }
};
const again = () => {
  clearTimeout(timer);
  if (root()) timer = setTimeout(() => look().finally(again), wait);
};
document.addEventListener("visibilitychange", () => !document.hidden && look().finally(again));
addEventListener("online", () => {
  wait = EVERY;
  look().finally(again);
});
again();

// The time that a topic has left, each second; said aloud once, two minutes before the end and when it is over.
const announce = (text) => document.dispatchEvent(new CustomEvent("brug:announce", { detail: text }));
const SOON = 120;
setInterval(() => {
  for (const clock of document.querySelectorAll("[data-timer]")) {
    clock.begun ??= performance.now() / 1000 + Number(clock.dataset.timer);
    const left = clock.begun - performance.now() / 1000;
    const minutes = Math.ceil(left / 60);
    const shown = left >= 0 ? String(minutes) : `+${-minutes}`;
    const number = clock.querySelector("b");
    if (number.textContent !== shown) number.textContent = shown;
    const share = Math.max(0, Math.min(1, left / Number(clock.dataset.whole)));
    clock.querySelector(".left").setAttribute("stroke-dasharray", `${(share * 100).toFixed(1)} 200`);
    clock.classList.toggle("is-short", left < SOON);
    clock.classList.toggle("is-over", left < 0);
    const word = left < 0 ? "over" : left < SOON ? "soon" : "";
    if (word && clock.said !== word && clock.said !== undefined) announce(clock.dataset[word]);
    clock.said = word;
  }
}, 1000);
