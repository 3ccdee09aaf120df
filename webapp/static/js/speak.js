// Reads a part of the page aloud, in the language of that part, with the voice of the device itself.
const voice = window.speechSynthesis;
let speaking = null;

const quiet = () => {
  voice.cancel();
  speaking?.setAttribute("aria-pressed", "false");
  speaking = null;
};
const read = (button) => {
  const region = document.querySelector(button.dataset.speak);
  const text = region?.innerText.trim();
  if (!text) return;
  const words = new SpeechSynthesisUtterance(text);
  words.lang = region.closest("[lang]")?.lang ?? "";
  words.onend = words.onerror = () => speaking === button && quiet();
  speaking = button;
  button.setAttribute("aria-pressed", "true");
  voice.speak(words);
};

if (voice) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-speak]");
    if (!button) return;
    const again = speaking === button;
    quiet();
    if (!again) read(button);
  });
  addEventListener("pagehide", quiet);
  const scan = () => document.querySelectorAll("[data-speak][hidden]").forEach((button) => (button.hidden = false));
  document.addEventListener("htmx:after:swap", scan);
  scan();
}
