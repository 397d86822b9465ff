// Product 3.1: the order of the rows.

import { Registry } from "./support/registry";
import { expect, reload, test } from "./support/test";

test("a column sorts ascending, descending and not at all, and says so", async ({ page, api, tag }) => {
  await api.gateways(`${tag} b`, `${tag} a`, `${tag} c`);
  const [a, b, c] = [`${tag} a`, `${tag} b`, `${tag} c`];
  const registry = new Registry(page);
  await registry.open({ q: tag });
  await registry.shows(b, a, c);
  await expect(registry.column("Name")).toHaveAttribute("aria-sort", "none");
  await registry.sortBy("Name");
  await registry.shows(a, b, c);
  await expect(registry.column("Name")).toHaveAttribute("aria-sort", "ascending");
  await expect(page).toHaveURL((url) => url.searchParams.get("sort") === "name" && url.searchParams.get("q") === tag);
  await registry.sortBy("Name");
  await registry.shows(c, b, a);
  await expect(registry.column("Name")).toHaveAttribute("aria-sort", "descending");
  await reload(page);
  await registry.shows(c, b, a);
  await registry.sortBy("Name");
  await registry.shows(b, a, c);
  await expect(registry.column("Name")).toHaveAttribute("aria-sort", "none");
});

test("URI, Flow, Provider and State sort too, ties by the order of creation", async ({ page, api, tag }) => {
  const [alpha, beta] = [await api.flow(`${tag} alpha`), await api.flow(`${tag} beta`)];
  const one = `${tag} 1`;
  const two = `${tag} 2`;
  const three = `${tag} 3`;
  await api.gateway({ name: one, uri: `/${tag}-c`, flow: beta.id, provider: "viber", enabled: true });
  await api.gateway({ name: two, uri: `/${tag}-a`, provider: "custom" });
  await api.gateway({ name: three, uri: `/${tag}-b`, flow: alpha.id, provider: "telegram_bot" });
  const registry = new Registry(page);
  await registry.open({ q: tag });
  const orders: [string, string[], string[]][] = [
    ["URI", [two, three, one], [one, three, two]],
    ["Flow", [two, three, one], [one, three, two]],
    ["Provider", [two, three, one], [one, three, two]],
    ["State", [two, three, one], [one, three, two]],
  ];
  for (const [column, ascending, descending] of orders) {
    await registry.sortBy(column);
    await registry.shows(...ascending);
    await expect(registry.column(column)).toHaveAttribute("aria-sort", "ascending");
    await registry.sortBy(column);
    await registry.shows(...descending);
    await expect(registry.column(column)).toHaveAttribute("aria-sort", "descending");
  }
});

test("names sort in every script without regard to letter case", async ({ page, api, tag }) => {
  await api.gateways(`${tag} Б`, `${tag} а`, `${tag} В`, `${tag} z`, `${tag} A`);
  const registry = new Registry(page);
  await registry.open({ q: tag, sort: "name" });
  await registry.shows(`${tag} A`, `${tag} z`, `${tag} а`, `${tag} Б`, `${tag} В`);
});
