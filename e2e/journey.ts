// What the journeys share: a small province on a real server, people at browsers of two widths, axe on every screen, pictures.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { demoPassword } from '../server/src/features/demo/index.ts';
import { openStage, type Stage } from '../server/src/play/stage.ts';
import { openBrowser } from './browser.ts';

export const widths = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;
export type Width = keyof typeof widths;

/** Two districts, five primary schools; small, so that a whole province can be approved in a journey. */
const province = `school_code,school_name,level,managing_unit_code,managing_unit_name,province_code,classes,pupils,staff
19164401,Trường Tiểu học Đội Cấn,06,164,Phòng GDĐT Thành phố Thái Nguyên,19,10,312,18
19164402,Trường Tiểu học Nha Trang,06,164,Phòng GDĐT Thành phố Thái Nguyên,19,6,170,12
19164403,Trường Tiểu học Túc Duyên,06,164,Phòng GDĐT Thành phố Thái Nguyên,19,7,201,13
19170401,Trường Tiểu học La Hiên,06,170,Phòng GDĐT Huyện Võ Nhai,19,6,120,11
19170501,Trường TH&THCS Cúc Đường,09,170,Phòng GDĐT Huyện Võ Nhai,19,5,88,9
`;

export interface Journey {
  stage: Stage;
  /** A person who signs in at the sign-in page, with a browser window of that width. */
  signIn(username: string, width: Width): Promise<Page>;
  /** A visitor without an account. */
  visit(path: string, width: Width): Promise<Page>;
  close(): Promise<void>;
}

/**
 * @param schools lines beside the small province
 * @param levels that get records and forms
 * @param settings of the server beside the usual ones
 */
export async function beginJourney(
  schools: readonly string[] = [],
  levels: readonly string[] = ['02'],
  settings: NodeJS.ProcessEnv = {},
): Promise<Journey> {
  const folder = mkdtempSync(join(tmpdir(), 'khuevan-journey-'));
  const file = join(folder, 'province.csv');
  writeFileSync(file, [province.trimEnd(), ...schools, ''].join('\n'));
  const stage = await openStage(file, 2024, levels, settings);
  rmSync(folder, { recursive: true });
  const browser: Browser = await openBrowser();
  const visit = async (path: string, width: Width): Promise<Page> => {
    const context = await browser.newContext({
      viewport: widths[width],
      locale: 'vi-VN',
      timezoneId: 'Asia/Ho_Chi_Minh',
      // A list on its way out is neither there nor gone: what axe reads of it is chance.
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(`${stage.address}${path}`);
    return page;
  };
  return {
    stage,
    visit,
    async signIn(username, width) {
      const page = await visit('/', width);
      await page.getByLabel('Tên đăng nhập').fill(username);
      await page.getByLabel('Mật khẩu', { exact: true }).fill(demoPassword);
      await page.getByRole('button', { name: 'Đăng nhập' }).click();
      await page.getByRole('heading', { level: 1, name: 'Việc cần làm' }).waitFor();
      return page;
    },
    async close() {
      await browser.close();
      await stage.close();
    },
  };
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResult {
  violations: Array<{ id: string; impact: string; help: string; nodes: Array<{ html: string }> }>;
}

/** What axe finds serious or critical on the screen, or a part of it (a selector), as it is now, by WCAG 2.2 AA; and a page that is wider than the screen (1.4.10). */
export async function findBarriers(page: Page, part = 'html'): Promise<string[]> {
  // Colours are judged when a dialog has come, not while it is coming.
  await page.evaluate(
    'Promise.all(document.getAnimations().filter((each) => each.effect.getComputedTiming().iterations < 10).map((each) => each.finished.catch(() => null)))',
  );
  await page.evaluate(axeSource);
  const tags = JSON.stringify(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']);
  const { violations } = (await page.evaluate(
    `axe.run(${JSON.stringify(part)}, { runOnly: { type: 'tag', values: ${tags} } })`,
  )) as AxeResult;
  const [content = 0, screen = 0] = await page.evaluate<number[]>(
    '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
  );
  return [
    ...(content > screen ? [`reflow: the page is ${content} px wide on a screen of ${screen}`] : []),
    ...violations
      .filter((each) => each.impact === 'serious' || each.impact === 'critical')
      .flatMap((each) => each.nodes.map((node) => `${each.id}: ${each.help} ${node.html.slice(0, 160)}`)),
  ];
}

/** Kept for the README when KHUEVAN_SCREENSHOTS names a folder. */
export async function picture(page: Page, name: string, width: Width): Promise<void> {
  const folder = process.env.KHUEVAN_SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.waitForTimeout(400);
  await page.screenshot({ path: join(folder, `${name}${width === 'phone' ? '-phone' : ''}.png`) });
}
