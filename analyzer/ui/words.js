// Streamlit's own English words in Russian: labels for screen readers, hints, the calendar, its dialogs.
// Only whole known phrases change; words of documents (our HTML, tables, code, file names) are passed by.
(() => {
  if (window.lnaWords) return; // the script is drawn with every page, the observer is one
  window.lnaWords = true;
  document.documentElement.lang = "ru";

  const PHRASES = {
    "App pages": "Страницы программы",
    "Main menu": "Меню",
    "Close": "Закрыть",
    "Dismiss": "Закрыть",
    "Open": "Открыть список",
    "Choose an option": "Выберите",
    "No results": "Ничего не найдено",
    "Clear value": "Очистить",
    "Clear entry": "Очистить",
    "Clear all": "Очистить всё",
    "Select all": "Выбрать всё",
    "Selected values": "Выбранное",
    "file upload": "загрузка файла",
    "Add files": "Добавить файлы",
    "Upload": "Загрузить",
    "add icon": "добавить",
    "Increment": "Больше",
    "Decrement": "Меньше",
    "Copy to clipboard": "Скопировать",
    "Copied": "Скопировано",
    "Copied to clipboard": "Скопировано",
    "Fullscreen": "На весь экран",
    "Close fullscreen": "Обычный размер",
    "Download as CSV": "Скачать CSV",
    "Search": "Поиск",
    "Running...": "Идёт работа",
    "Notifications": "Сообщения",
    "Show password text": "Показать пароль",
    "Hide password text": "Скрыть пароль",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.":
      "День выбирают стрелками и клавишей ввода.",
    "Previous month": "Предыдущий месяц",
    "Next month": "Следующий месяц",
    "Previous": "Назад",
    "Next": "Вперёд",
    "Page not found": "Страницы нет",
    "The page that you have requested does not seem to exist. Running the app's main page.":
      "Такой страницы нет. Открыта проверка акта.",
    "Connection error": "Нет связи с программой",
    "Streamlit server is not responding. Are you connected to the internet?":
      "Программа не отвечает. Проверьте, запущена ли она (lna serve); страница подключится сама.",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "Программа остановлена. Запустите её снова командой lna serve.",
    "Connection lost. Please wait for the app to reconnect, then try again.":
      "Связь с программой прервалась. Подождите и повторите.",
    "Reconnected to server.": "Связь восстановлена.",
  };
  const units = { B: "Б", KB: "КБ", MB: "МБ", GB: "ГБ" };
  const russian = (day, options) => new Intl.DateTimeFormat("ru", options).format(day);
  const long = { day: "numeric", month: "long", year: "numeric" };
  const PATTERNS = [
    [/^Help for (.+)$/s, (_, what) => `Пояснение: ${what}`],
    [/^Remove (.+)$/s, (_, what) => `Убрать ${what}`],
    [/^Choose date(, .+)?$/s, (_, rest) => `Выбрать дату${rest ?? ""}`],
    [/^(day|month|year), (.+)$/s, (_, part, what) => `${{ day: "день", month: "месяц", year: "год" }[part]}, ${what}`],
    [/^(\d+) – (?:January|February|March|April|May|June|July|August|September|October|November|December)$/,
      (_, month) => `${month} – ${russian(new Date(2000, month - 1), { month: "long" })}`],
    [/^Selected Date: (.+)$/, (all, day) => (isNaN(Date.parse(day)) ? all : `Выбрано: ${russian(new Date(day), long)}`)],
    [/^(.+), ([\d.]+)(B|KB|MB|GB)$/s, (_, name, size, unit) => `${name}, ${size.replace(".", ",")} ${units[unit]}`],
    [/^([\d.]+)(B|KB|MB|GB)$/, (_, size, unit) => `${size.replace(".", ",")} ${units[unit]}`],
    [/^(\d+) options? available\.$/, (_, count) => `Вариантов: ${count}.`],
    [/^(.+), selected\.$/s, (_, what) => `${what}, выбрано.`],
    [/^(Fullscreen|Close fullscreen|Download as CSV|Search|Copy to clipboard): (.+)$/s,
      (_, what, name) => `${PHRASES[what]}: ${name}`],
    [/^Show\/hide columns(.*)$/s, (_, rest) => `Столбцы${rest}`],
    [/^Clear selection(.*)$/s, (_, rest) => `Снять выбор${rest}`],
  ];
  const ATTRIBUTES = ["aria-label", "title", "placeholder", "aria-valuetext"];
  const FOREIGN = ".stHtml";
  const WORDS_OF_OTHERS = ".stHtml, .stCode, .stDataFrame, .stMarkdown, textarea, script, style, "
    + "[data-testid=stMarkdownContainer], [data-testid=stFileChipName]";

  function russianFor(text) {
    const known = PHRASES[text.trim()];
    if (known) return known;
    for (const [pattern, make] of PATTERNS) if (pattern.test(text)) return text.replace(pattern, make);
    return text;
  }
  function translateText(node) {
    if (!/[A-Za-z]{2}|\dB/.test(node.data) || node.parentElement?.closest(WORDS_OF_OTHERS)) return;
    const said = russianFor(node.data);
    if (said !== node.data) node.data = said;
  }
  function translateAttributes(element) {
    for (const name of ATTRIBUTES) {
      const value = element.getAttribute(name);
      if (!value || !/[A-Za-z]{2}/.test(value)) continue;
      const said = russianFor(value);
      if (said !== value) element.setAttribute(name, said);
    }
  }
  function translate(root) {
    if (root.nodeType === Node.TEXT_NODE) return translateText(root);
    if (root.nodeType !== Node.ELEMENT_NODE || root.closest(FOREIGN)) return;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
      node.nodeType === Node.ELEMENT_NODE && node.matches(FOREIGN) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    for (let node = root; node; node = walker.nextNode())
      node.nodeType === Node.TEXT_NODE ? translateText(node) : translateAttributes(node);
  }
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(translate);
      else if (change.type === "characterData") translateText(change.target);
      else if (!change.target.closest(FOREIGN)) translateAttributes(change.target);
    }
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
  translate(document.body);
})();
