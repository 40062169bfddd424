// Marks a page for paper: each thing whose sheet is to be known gets an anchor, and a link at the end of the page, on
// sheets of its own, without which a browser keeps no anchor in a PDF. Gives what is then to be looked at.
() => {
  const LETTERS = /\S/;
  let count = 0;
  const links = document.createElement("div");
  links.id = "fin-du-papier";
  links.style.breakBefore = "page";
  const link = (id) => {
    const anchor = document.createElement("a");
    anchor.href = `#${id}`;
    anchor.textContent = ".";
    links.append(anchor, " ");
    return id;
  };
  const marked = (element) => link((element.id ||= `papier-${(count += 1)}`));
  const clipped = (element) => element && (getComputedStyle(element).clipPath !== "none" || clipped(element.parentElement));
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    const seen = box.width > 2 && box.height > 2 && getComputedStyle(element).visibility === "visible";
    return seen && !clipped(element); // as what only a screen reader says
  };
  const texts = (element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (LETTERS.test(walker.currentNode.data) && !parent.closest("style,script,title,desc") && shown(parent)) {
        found.push(walker.currentNode);
      }
    }
    return found;
  };
  // An empty span takes no room in a line; in a grid or a picture it would. At the edge of the sheet it is no anchor:
  // it stands before the last word.
  const line = (text, last) => {
    const parent = text.parentElement;
    if (parent.closest("svg")) return parent.closest("svg");
    if (/grid|flex/.test(getComputedStyle(parent).display)) return parent;
    const span = document.createElement("span");
    span.style.fontSize = "0"; // on the base line: the top of a letter may reach above the sheet
    parent.insertBefore(span, last ? text.splitText(text.data.search(/\S+\s*$/)) : text);
    return span;
  };
  const said = (element) => element.textContent.replace(/\s+/g, " ").trim().slice(0, 60);

  const all = texts(document.body);
  // A heading leads to what is under it, deeper headings aside; one followed by its equal is a line like another.
  const LEADS = "h1,h2,h3,h4,h5,h6,h2 + .sous,h3 + .sous,caption,.titre-image,.dossier,.groupe th";
  const level = (lead) => (/^H[1-6]$/.test(lead.tagName) ? Number(lead.tagName[1]) : 9);
  const follows = (lead) => {
    for (const text of all) {
      const parent = text.parentElement;
      if (!(lead.compareDocumentPosition(text) & 4) || lead.contains(text) || parent.closest("thead")) continue;
      const other = parent.closest(LEADS);
      if (other && level(other) <= level(lead) && level(other) < 9) return null;
      if (!other) return parent.closest("main,header") ? text : null;
    }
    return null;
  };
  const headings = [];
  for (const lead of document.querySelectorAll(LEADS)) {
    const own = texts(lead);
    const next = own.length && !lead.closest("svg") ? follows(lead) : null;
    if (next) headings.push([said(lead), marked(line(own.at(-1), true)), marked(line(next, false))]);
  }
  const whole = [];
  for (const one of document.querySelectorAll("tr,li,figure,h1,h2,h3,h4,.bande,.fiche,.commandes div")) {
    if (!shown(one) || one.closest("thead")) continue;
    const { height } = one.getBoundingClientRect();
    if (height < 30 || height > 800) continue; // of a line, it cannot be cut; taller than a sheet, it has to be
    const ends = (one.tagName === "TR" ? [...one.cells] : [one]).map((part) => {
      const own = texts(part);
      return marked(own.length ? line(own.at(-1), true) : part);
    });
    whole.push([said(one) || one.tagName, marked(one), ends]);
  }
  const tables = [...document.querySelectorAll("table")].filter((one) => one.tHead && shown(one.tHead)).map((one) => {
    const rows = [...one.tBodies].flatMap((body) => [...body.rows]);
    const seen = (head) => texts(head).map((text) => text.data.trim()).join(" "); // not what is for screen readers alone
    const heads = [...one.tHead.querySelectorAll("th")].map((head) => seen(head)).filter(Boolean);
    return [said(one.caption || one), heads, marked(rows[0]), marked(rows.at(-1))];
  });
  const pale = all.filter((text) => {
    const style = getComputedStyle(text.parentElement);
    const colour = text.parentElement.closest("svg") ? style.fill : style.color;
    const [red, green, blue] = colour.match(/[\d.]+/g).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) < 4.5;
  });
  const wide = all.filter((text) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    return range.getBoundingClientRect().right > innerWidth + 2;
  });
  document.body.append(links);
  const shorter = (found) => found.map((text) => text.data.trim().slice(0, 60));
  return { headings, whole, tables, pale: shorter(pale), wide: shorter(wide), end: link(links.id) };
};
