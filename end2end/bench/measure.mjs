// What a browser sees of the release build: node measure.mjs ORDER, where ORDER is JSON: { base, cookie, runs, rows, flow }.
//
// Started by the crate `bench` over a server with its data; writes one JSON object to standard output.

import { chromium } from "@playwright/test";
import { markHydration, timings, untilRows, untilSelected } from "./inside.mjs";
import { Traffic } from "./traffic.mjs";

const order = JSON.parse(process.argv[2]);
const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium-headless-shell",
  args: [...sandbox, "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

/** A browser that was never here before, but is signed in; everything it prints is a failure. */
async function visitor() {
  const context = await browser.newContext({ baseURL: order.base, locale: "en-GB", timezoneId: "UTC", viewport: { width: 1280, height: 900 } });
  const [name, value] = order.cookie.split("=", 2);
  await context.addCookies([{ name, value, url: order.base, httpOnly: true, sameSite: "Lax" }]);
  await context.addInitScript(markHydration);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.on("console", (message) => console.error(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => console.error(`page error: ${error.stack ?? error.message}`));
  return { context, page };
}

async function open(page, address) {
  await page.goto(address);
  await page.locator("html[data-hydrated]").waitFor({ state: "attached" });
  return page.evaluate(timings);
}

async function repeat(work) {
  const results = [];
  for (let run = 0; run < order.runs; run += 1) results.push(await work());
  return results;
}

/** One visit with an empty cache, one more with a full one; what they load, what the next page of the list does, and a flow schema's page. */
async function loads() {
  const { context, page } = await visitor();
  const traffic = await Traffic.watch(context, page);
  await open(page, "/chat-gateways");
  const first = await traffic.settled();
  await open(page, "/chat-gateways");
  const second = await traffic.settled();
  await page.getByRole("button", { name: "Next page" }).click();
  await page.waitForURL(/after=/);
  const change = await traffic.settled();
  await open(page, `/flows/${order.flow}/general`);
  await page.locator(".cm-content").waitFor();
  const editor = (await traffic.settled()).filter((request) => !request.cached);
  await context.close();
  return { first, second, change, editor };
}

/** Times of a visit with an empty cache and of the next one. */
async function visits(address) {
  return repeat(async () => {
    const { context, page } = await visitor();
    const cold = await open(page, address);
    const warm = await open(page, address);
    await context.close();
    return { cold, warm };
  });
}

/** From ten rows to many in the page that is open, then all of them selected. */
async function manyRows() {
  return repeat(async () => {
    const { context, page } = await visitor();
    await open(page, "/chat-gateways");
    const size = page.getByRole("spinbutton", { name: "Rows per page" });
    await size.fill(String(order.rows));
    const shown = page.evaluate(untilRows, order.rows);
    await size.press("Enter");
    const show = await shown;
    const select = await page.evaluate(untilSelected, order.rows);
    await context.close();
    return { show, select };
  });
}

try {
  const result = {
    chromium: browser.version(),
    loads: await loads(),
    ten: await visits("/chat-gateways"),
    hundred: await visits("/chat-gateways?size=100"),
    many: await visits(`/chat-gateways?size=${order.rows}`),
    manyRows: await manyRows(),
  };
  console.log(JSON.stringify(result));
} finally {
  await browser.close();
}
