// One plays a peer: chooses an account that the stand-ins know, writes, and sees what comes back.

const el = (id) => document.getElementById(id);
const NAMES = {
  telegram: "Telegram",
  viber: "Viber",
  graph: "Meta",
  infobip: "WhatsApp through Infobip",
  customer: "Custom gateway",
};
/** Messengers that have to be told by hand where the gateway listens. */
const POINTED = { infobip: "the Infobip portal", customer: "the customer’s system" };
const KINDS = { image: "image/*", video: "video/*", audio: "audio/*", voice: "audio/*", sticker: "image/*" };
/** What the menu offers: kind or action, and its words. */
const MENU = [
  ["image", "Photo…"], ["document", "File…"], ["voice", "Voice message…"], ["sticker", "Sticker…"],
  ["location", "Location"], ["contact", "My phone number"], null,
  ["start", "Open the chat by a link"], ["unsupported", "Something unsupported"], ["close", "End the conversation"], null,
  ["blocks", "Block the account"], ["unblocks", "Unblock the account"], ["window", "Let the reply window close"],
];

let accounts = [];
let chosen = null;
let peer = "";
/** Whether the end of the chat stays in sight. */
let follows = true;
/** Ends the waiting for messages of a chat that is no longer shown. */
let watching = new AbortController();

/** Calls the stand-ins; what is refused is said. */
async function ask(path, body, options = {}) {
  const init = body === undefined ? {} : {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
  const answer = await fetch(`/__ctl${path}`, { ...init, ...options });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.error ?? `The stand-ins answered ${answer.status}.`);
  return told;
}

const chat = (rest) =>
  `/${chosen.provider}/${encodeURIComponent(chosen.id)}/peers/${encodeURIComponent(peer)}${rest}`;

function say(error) {
  el("error").hidden = !error;
  const first = chosen?.webhook ? "" : "Connect a gateway first: ";
  el("error").textContent = error ? sentence(first + error.message) : "";
}

const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?…]$/.test(text) ? "" : ".");

/** Does something, and says what went wrong. */
async function attempt(action) {
  try {
    await action();
    say(null);
  } catch (error) {
    say(error);
  }
}

function make(tag, attributes = {}, ...children) {
  const node = Object.assign(document.createElement(tag), attributes);
  node.append(...children.filter((child) => child !== null));
  return node;
}

/* Accounts. */

async function refresh() {
  const listed = await ask("/accounts").catch(() => accounts);
  if (JSON.stringify(listed) === JSON.stringify(accounts)) return;
  accounts = listed;
  chosen = accounts.find((one) => one.id === chosen?.id && one.provider === chosen?.provider) ?? chosen;
  showAccounts();
  if (chosen) showAccount();
}

const kindOf = (account) => account.kind || NAMES[account.provider];

function showAccounts() {
  el("accounts").replaceChildren(...accounts.map((account) => {
    const emblem = make("img", { src: `/emblems/${account.provider}.svg`, alt: "", width: 24, height: 24 });
    const words = make("span", {}, make("b", { textContent: account.name }), make("small", { textContent: kindOf(account) }));
    const dot = make("span", { className: account.webhook ? "dot on" : "dot", title: account.webhook ? "Connected" : "Not connected" });
    const button = make("button", { type: "button", className: "account", onclick: () => choose(account) }, emblem, words, dot);
    button.setAttribute("aria-current", String(account === chosen));
    return make("li", {}, button);
  }));
}

function showAccount() {
  const { provider, name, webhook, connect } = chosen;
  el("emblem").src = `/emblems/${provider}.svg`;
  el("name").textContent = name;
  el("state").textContent = webhook ? `${kindOf(chosen)} · ${webhook}` : kindOf(chosen);
  el("connect").hidden = Boolean(webhook);
  el("connect-words").textContent = "Not connected yet. Create a gateway with these values and turn it on. Click a value to copy it.";
  el("values").replaceChildren(...connect.flatMap(([label, value]) => {
    const copy = make("button", { type: "button", textContent: value, title: "Copy" });
    copy.onclick = async () => {
      await navigator.clipboard.writeText(value);
      copy.title = "Copied";
    };
    return [make("dt", { textContent: label }), make("dd", {}, copy)];
  }));
  el("point").hidden = !(provider in POINTED);
}

async function choose(account, who) {
  chosen = account;
  const known = await ask(`/${account.provider}/${encodeURIComponent(account.id)}/peers`).catch(() => []);
  peer = who ?? known[0]?.id ?? account.peer;
  if (!known.some((one) => one.id === peer)) known.push({ id: peer, name: "Olha Koval" });
  el("peers").replaceChildren(...known.map((one) => make("option", { value: one.id, textContent: `${one.name} (${one.id})` })));
  el("peers").value = peer;
  showAccounts();
  showAccount();
  watch();
}

/** Somebody whom the messenger could know: an id of the same look. */
function somebody() {
  const digits = String(Math.floor(Math.random() * 9e8) + 1e8);
  if (chosen.provider === "viber") return `${digits}AbC=`;
  if (chosen.provider === "customer") return `c-${digits}`;
  return chosen.peer.slice(0, Math.max(0, chosen.peer.length - 9)) + digits;
}

/* The chat. */

async function watch() {
  watching.abort();
  watching = new AbortController();
  const { signal } = watching;
  location.hash = [chosen.provider, chosen.id, peer].map(encodeURIComponent).join("/");
  say(null);
  let version = 0;
  follows = true;
  while (!signal.aborted) {
    try {
      const seen = await ask(chat(`/messages?version=${version}&wait_ms=20000`), undefined, { signal });
      if (signal.aborted) return;
      version = seen.version;
      show(seen);
    } catch (error) {
      if (signal.aborted) return;
      say(error);
      await new Promise((done) => setTimeout(done, 2_000));
    }
  }
}

function show({ messages, keyboard, typing, blocked, window_closed: closed }) {
  const log = el("log");
  const lines = messages.map(line);
  if (typing) {
    const hint = make("p", { className: "typing", textContent: "typing…" });
    // Nobody is told that an account no longer types.
    setTimeout(() => hint.remove(), 5_000);
    lines.push(hint);
  }
  if (blocked) lines.push(notice("You blocked this account"));
  if (closed) lines.push(notice("The reply window is closed until you write"));
  if (lines.length === 0) lines.push(make("p", { className: "empty", textContent: "Say something to begin." }));
  log.replaceChildren(...lines);
  const board = messages.find((one) => one.number === keyboard);
  el("keyboard").hidden = !board;
  el("keyboard").replaceChildren(...(board ? [rows(board.buttons)] : []));
  toEnd();
}

/** Whoever reads further up is left there. */
function toEnd() {
  if (follows) el("log").scrollTop = el("log").scrollHeight;
}

const notice = (text) => make("p", { className: "notice", textContent: text });

function line(message) {
  if (message.kind === "closed") return notice(message.text || "The conversation has ended");
  if (message.kind === "assigned") return notice(`${message.text || "Somebody"} has joined`);
  const bubble = make("div", { className: "bubble" }, ...content(message));
  const time = new Date(message.at_ms);
  const stamp = make("time", {
    dateTime: time.toISOString(),
    textContent: time.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }) + (message.edited ? " · edited" : ""),
  });
  const buttons = message.inline && message.buttons?.length ? rows(message.buttons) : null;
  return make("div", { className: message.mine ? "line mine" : "line" }, bubble, buttons, stamp);
}

function content({ kind, text, file, place }) {
  const parts = [];
  if (file) parts.push(shown(kind, file));
  if (place) {
    const [lat, lon] = place;
    parts.push(make("a", { href: `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}`, target: "_blank", rel: "noreferrer", textContent: `${lat}, ${lon}` }));
  }
  if (text) parts.push(make("p", { textContent: text }));
  return parts.length ? parts : [`(${kind})`];
}

function shown(kind, { url, name, mime }) {
  const label = name || url.split("/").pop() || kind;
  if (kind === "image" || kind === "sticker") return make("img", { src: url, alt: label, onload: toEnd });
  if (kind === "video") return make("video", { src: url, controls: true });
  if (kind === "audio" || kind === "voice") return make("audio", { src: url, controls: true });
  return make("a", { href: url, target: "_blank", rel: "noreferrer", textContent: `${label}${mime ? ` (${mime})` : ""}` });
}

const rows = (buttons) =>
  make("div", { className: "rows" }, ...buttons.map((row) => make("div", { className: "row" }, ...row.map(press))));

function press(button) {
  if (button.press === "url") {
    return make("a", { className: "press", href: button.url, target: "_blank", rel: "noreferrer", textContent: button.title });
  }
  const act = () => attempt(() => ask(chat("/presses"), { title: button.title }));
  return make("button", { type: "button", className: "press", textContent: button.title, onclick: act });
}

/* What the peer does. */

const does = (act) => attempt(() => ask(chat("/does"), act));

function act(what) {
  el("more").open = false;
  if (what in KINDS || what === "document") return chooseFile(what);
  switch (what) {
    case "location": return does({ kind: "location", latitude: 50.4501, longitude: 30.5234, title: "Khreshchatyk" });
    case "contact": return does({ kind: "contact", name: "Olha", phone: "380671112233", own: true });
    case "start": return does({ kind: "start", payload: "demo" });
    case "unsupported": return does({ kind: "unsupported" });
    case "close": return does({ kind: "close" });
    case "window": return attempt(() => ask(chat("/window"), { open: false }).then(watch));
    default: return attempt(() => ask(chat(`/${what}`), {}).then(watch));
  }
}

function chooseFile(kind) {
  const input = el("file");
  input.accept = KINDS[kind] ?? "";
  input.onchange = () => attempt(async () => {
    const [file] = input.files;
    if (!file) return;
    input.value = "";
    const bytes = new Uint8Array(await file.arrayBuffer());
    let text = "";
    for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    const caption = el("text").value.trim();
    el("text").value = "";
    await ask(chat("/does"), { kind, name: file.name, mime: file.type, bytes: btoa(text), caption: caption || null });
  });
  input.click();
}

el("menu").replaceChildren(...MENU.map((item) =>
  item ? make("button", { type: "button", textContent: item[1], onclick: () => act(item[0]) }) : make("hr")));

el("say").onsubmit = (event) => {
  event.preventDefault();
  const text = el("text").value.trim();
  if (!text || !chosen) return;
  attempt(async () => {
    await ask(chat("/says"), { text });
    el("text").value = "";
    follows = true;
    toEnd();
  });
};

el("point").onsubmit = (event) => {
  event.preventDefault();
  const url = new FormData(event.target).get("url");
  const path = chosen.provider === "infobip" ? `/infobip/numbers/${chosen.id}/webhook` : `/customer/endpoints/${chosen.id}/gateway`;
  attempt(() => ask(path, { url }).then(refresh));
};

el("log").onscroll = () => {
  const { scrollHeight, scrollTop, clientHeight } = el("log");
  follows = scrollHeight - scrollTop - clientHeight < 40;
};
el("peers").onchange = () => {
  peer = el("peers").value;
  watch();
};
el("another").onclick = () => choose(chosen, somebody());
addEventListener("keydown", (event) => {
  if (event.key === "Escape") el("more").open = false;
});
addEventListener("click", (event) => {
  if (!el("more").contains(event.target)) el("more").open = false;
});

await refresh();
const [provider, id, who] = location.hash.slice(1).split("/").map(decodeURIComponent);
const linked = accounts.find((one) => one.provider === provider && one.id === id);
await choose(linked ?? accounts[0], linked ? who : undefined);
setInterval(refresh, 3_000);
