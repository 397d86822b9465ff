// Seed 1.2: the search field.

import { Registry } from "./support/registry";
import { expect, settled, test } from "./support/test";

test("a text is the beginning of the name, a star any run of characters, whatever the letter case", async ({ page, api, tag }) => {
  await api.gateways(`${tag} Support bot`, `${tag} Sales bot 24`, `${tag} Підтримка ЇЖАК`, `Before ${tag}`);
  const registry = new Registry(page);
  await registry.open({ q: `${tag}` });
  await registry.shows(`${tag} Support bot`, `${tag} Sales bot 24`, `${tag} Підтримка ЇЖАК`);
  const cases: [string, string[]][] = [
    [`${tag} SUPPORT`, [`${tag} Support bot`]],
    [`${tag} upport`, []],
    [`*${tag}`, [`Before ${tag}`]],
    [`*${tag}*`, [`${tag} Support bot`, `${tag} Sales bot 24`, `${tag} Підтримка ЇЖАК`, `Before ${tag}`]],
    [`${tag}*bot`, [`${tag} Support bot`]],
    [`${tag}*bot*`, [`${tag} Support bot`, `${tag} Sales bot 24`]],
    [`${tag}*24`, [`${tag} Sales bot 24`]],
    [`${tag} s*t*t`, [`${tag} Support bot`]],
    [`${tag} ПІДТРИМКА`, [`${tag} Підтримка ЇЖАК`]],
    [`${tag}*їжак`, [`${tag} Підтримка ЇЖАК`]],
  ];
  for (const [text, names] of cases) {
    await registry.searchFor(text);
    if (names.length > 0) await registry.shows(...names);
    else await expect(page.getByText("Nothing matches")).toBeVisible();
  }
});

test("percent, underscore, backslash and question mark are ordinary characters", async ({ page, api, tag }) => {
  const names = [`${tag} 100%`, `${tag} 100x`, `${tag} a_b`, `${tag} axb`, `${tag} c\\d`, `${tag} c?d`, `${tag} cxd`];
  await api.gateways(...names);
  const registry = new Registry(page);
  await registry.open({ q: tag });
  for (const name of [`${tag} 100%`, `${tag} a_b`, `${tag} c\\d`, `${tag} c?d`]) {
    await registry.searchFor(name);
    await registry.shows(name);
  }
});

test("typing searches by itself, Escape and the clear button empty the field", async ({ page, api, tag }) => {
  await api.gateways(`${tag} Alpha`, `${tag} Beta`);
  const registry = new Registry(page);
  await registry.open();
  await registry.search.click();
  await expect(registry.clear, "the clear button is there while the field has the focus").toBeVisible();
  await registry.search.pressSequentially(`${tag} b`);
  await registry.shows(`${tag} Beta`);
  await expect(page).toHaveURL((url) => url.searchParams.get("q") === `${tag} b`);
  await expect(registry.search, "typing goes on").toBeFocused();

  await registry.search.press("Escape");
  await expect(registry.search).toHaveValue("");
  await expect(page).toHaveURL((url) => !url.searchParams.get("q"));
  await registry.search.fill(tag);
  await registry.shows(`${tag} Alpha`, `${tag} Beta`);
  await registry.clear.click();
  await expect(registry.search).toHaveValue("");
  await expect(registry.search).toBeFocused();
  await expect(page).toHaveURL((url) => !url.searchParams.get("q"));
  await registry.heading.click();
  await expect(registry.clear, "without focus and text it is gone").toBeHidden();
});

test("nothing found says so and offers to clear the search", async ({ page, api, tag }) => {
  await api.gateway({ name: `${tag} Alpha` });
  const registry = new Registry(page);
  await registry.open({ q: `${tag} nobody` });
  await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
  const main = page.getByRole("main");
  await main.getByText("Clear search", { exact: true }).filter({ visible: true }).click();
  await expect(registry.search).toHaveValue("");
  await expect(registry.table.getByRole("row").nth(1)).toBeVisible();
  await expect(page).toHaveURL((url) => !url.searchParams.get("q"));
});

test("an answer that arrives late is dropped", async ({ page, api, tag }) => {
  await api.gateways(`${tag} slow`, `${tag} quick`);
  const registry = new Registry(page);
  await registry.open({ q: tag });
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  let answered: () => void = () => {};
  const late = new Promise<void>((resolve) => (answered = resolve));
  await page.route("**/api/gateways/list", async (route) => {
    if ((route.request().postData() ?? "").includes(`${tag} slow`)) {
      await held;
      await route.continue().catch(() => {});
      answered();
    } else {
      await route.continue();
    }
  });
  const asked = page.waitForRequest((request) => (request.postData() ?? "").includes(`${tag} slow`));
  await registry.search.fill(`${tag} slow`);
  await registry.search.press("Enter");
  await asked;
  await registry.search.fill(`${tag} quick`);
  await registry.search.press("Enter");
  await registry.shows(`${tag} quick`);
  release();
  await late;
  await page.evaluate(() => fetch("/health").then((answer) => answer.text()));
  await settled(page);
  await registry.shows(`${tag} quick`);
  await expect(registry.search).toHaveValue(`${tag} quick`);
});

test("a new search begins on the first page", async ({ page, api, tag }) => {
  await api.gateways(`${tag} a1`, `${tag} a2`, `${tag} b1`);
  const registry = new Registry(page);
  await registry.open({ q: tag, size: 1 });
  await registry.next.click();
  await registry.shows(`${tag} a2`);
  await registry.searchFor(`${tag} a`);
  await registry.shows(`${tag} a1`);
  await expect(registry.range("1–1 of 2")).toBeVisible();
});
