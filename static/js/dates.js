// Shows a typed date in the other calendar, as a help while typing. The server alone decides what a date means.

const ERAS = [
  ["令和", "R", 2018, "2019-05-01"],
  ["平成", "H", 1988, "1989-01-08"],
  ["昭和", "S", 1925, "1926-12-25"],
  ["大正", "T", 1911, "1912-07-30"],
];

const digits = (text) => text.normalize("NFKC").trim().replace(/^元$/, "1");

const dayOf = (year, month, day) => {
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day);
  const exists = moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day;
  return exists ? moment.toISOString().slice(0, 10) : "";
};

const inOtherCalendar = (eraName, yearText, monthText, dayText) => {
  const [year, month, day] = [yearText, monthText, dayText].map((text) => Number(digits(text)));
  const typed = ERAS.find(([name]) => name === eraName);
  const western = typed ? typed[2] + year : year;
  const iso = year > 0 ? dayOf(western, month, day) : "";
  const era = ERAS.find(([, , , begins]) => iso >= begins);
  if (!iso || !era || (typed && typed !== era)) return "";
  if (typed) return `西暦 ${western}年${month}月${day}日`;
  const eraYear = western - era[2];
  return `${era[0]}${eraYear === 1 ? "元" : eraYear}年${month}月${day}日`;
};

for (const frame of document.querySelectorAll("[data-date]")) {
  const echo = frame.parentElement.querySelector("[data-date-echo]");
  const part = (name) => frame.querySelector(`[name$="${name}"]`)?.value ?? "";
  const show = () => {
    echo.textContent = inOtherCalendar(part("era"), part("year"), part("month"), part("day"));
    echo.hidden = !echo.textContent;
  };
  frame.addEventListener("input", show);
  show();
}
