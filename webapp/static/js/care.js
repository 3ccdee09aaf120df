// Warns, on this device only, when a text holds what may not be written down: a number, an address, a name.
// It never blocks and never sends. The same patterns as webapp/vocabulary/care.py; one set of samples tests both.
const MASK = "¤";
const MONTH = "(?:jan|feb|mrt|maa|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-z]{0,6}";
const STREET = "(?:straat|laan|weg|plein|dreef|lei|kaai|kade|dijk|pad|baan|markt|singel|gracht|str\\.)";
// Each pattern starts with the character before it (or the start), because older browsers cannot look behind.
const PATTERNS = {
  email: /(?:^|[^\w.+-])[\w.+-]+@[\w.-]+\.\w{2,24}/g,
  "national-number": /(?:^|\D)\d\d[. /-]?[0-5]\d[. /-]?[0-3]\d[. /-]{0,2}\d{3}[. /-]?\d\d(?!\d)/g,
  "birth-date": new RegExp(
    "(?:^|\\D)(?:[0-3]?\\d ?[./-] ?[01]?\\d ?[./-] ?((?:19|20)\\d\\d)"
    + "|((?:19|20)\\d\\d)-[01]\\d-[0-3]\\d"
    + `|[0-3]?\\d ${MONTH}\\.? ((?:19|20)\\d\\d))(?!\\d)`, "gi"),
  phone: /(?:^|[^\w+])(?:\+32|0032|0)[ ./-]?(?:\(0\) ?)?[1-9](?:[ ./-]?\d){7,8}(?!\d)/g,
  address: new RegExp(`(?:^|[^\\w])(?:\\w{2,40}${STREET}|markt|plein|dorp),? {1,2}(?:nr\\.? ?|nummer )?\\d{1,4}(?!\\d)`, "gi"),
};
const BORN_BEFORE = new Date().getFullYear() - 3;
const COMMON = "nederlands frans engels duits arabisch turks belgië vlaanderen vlaams brussel brug whatsapp kerstmis pasen sinterklaas";
const SENTENCE = /[.!?:;…•"“„(\n]/;

const words = (text) => text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];

const names = (text, allowed) => {
  let end = 0;
  let first = true;
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}_]+/gu)) {
    const opening = first || SENTENCE.test(text.slice(end, index));
    const capital = /^\p{Lu}\p{Ll}/u.test(word);
    if (capital && !opening && !allowed.has(word.toLowerCase())) return true;
    first = false;
    end = index + word.length;
  }
  return false;
};

const kinds = (text, allow) => {
  const found = new Set();
  for (const [kind, pattern] of Object.entries(PATTERNS)) {
    text = text.replace(pattern, (match, ...groups) => {
      const year = kind === "birth-date" && groups.slice(0, 3).find(Boolean);
      if (year && Number(year) > BORN_BEFORE) return match;
      found.add(kind);
      return MASK.repeat(match.length);
    });
  }
  if (names(text, new Set([...words(COMMON), ...words(allow)]))) found.add("name");
  return found;
};

const saysOneOf = (text, names) => names.split("|").filter(Boolean).some((name) => {
  const plain = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?:^|[^\\p{L}\\p{N}_])${plain}(?![\\p{L}\\p{N}_])`, "iu").test(text);
});

const message = (field, kind) => {
  const wanted = field.dataset.care || kind;
  return wanted.includes(kind) && field.getAttribute(`data-care-message-${kind}`);
};

const check = (field) => {
  const note = field.closest("[data-field], .field, form")?.querySelector("[data-care-note]");
  if (!note) return;
  const value = field.value.slice(0, 60000);
  const found = [...kinds(value, field.dataset.careAllow ?? "")];
  if (saysOneOf(value, field.dataset.careNever ?? "")) found.push("never");
  const text = found.map((kind) => message(field, kind)).filter(Boolean).join(" ");
  const place = note.querySelector("[data-care-text]");
  if (place.textContent !== text) place.textContent = text;
  note.hidden = !text;
};

const timers = new WeakMap();
document.addEventListener("input", ({ target }) => {
  if (!target.matches?.("[data-care]")) return;
  clearTimeout(timers.get(target));
  timers.set(target, setTimeout(() => check(target), 400));
});
// What a page came with is looked at when it is sent; only what somebody typed here is pointed at before.
const scan = () => document.querySelectorAll("[data-care]").forEach((field) => field.value !== field.defaultValue && check(field));
document.addEventListener("htmx:after:swap", scan);
scan();
