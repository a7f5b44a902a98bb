// Reads our own documents, so that tests can hold them against the repository.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export interface Markdown {
  /** From the root of the repository. */
  file: string;
  text: string;
}

const notOurs = ['**/node_modules/**', '**/dist/**', '.*/**', 'demo-out/**'];

export function readMarkdown(root: string): Markdown[] {
  return globSync('**/*.md', { cwd: root, exclude: notOurs })
    .toSorted()
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));
}

const withoutCode = (text: string): string => text.replaceAll(/^(`{3,})[^]*?^\1/gm, '').replaceAll(/`[^`\n]*`/g, '');

/** The name GitHub gives to a heading. */
function anchorOf(heading: string): string {
  const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('`', '');
  return plain
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');
}

function anchorsOf(text: string): Set<string> {
  const headings = text.replaceAll(/^(`{3,})[^]*?^\1/gm, '').matchAll(/^#{1,6} +(.+)$/gm);
  const anchors = new Set<string>();
  for (const [, heading = ''] of headings) {
    const name = anchorOf(heading);
    let twin = 0;
    while (anchors.has(twin === 0 ? name : `${name}-${twin}`)) twin += 1;
    anchors.add(twin === 0 ? name : `${name}-${twin}`);
  }
  return anchors;
}

/** Links and pictures of ours that lead nowhere. `promised`: files that are made later, from the root. */
export function findBrokenLinks(root: string, { file, text }: Markdown, promised: ReadonlySet<string>): string[] {
  const plain = withoutCode(text);
  const targets = [
    ...[...plain.matchAll(/\]\(<?([^()\s>]+)>?(?: "[^"]*")?\)/g)].map((match) => match[1]!),
    ...[...plain.matchAll(/(?:src|href|srcset)="([^"]+)"/g)].map((match) => match[1]!),
  ];
  return targets
    .filter((target) => !/^[a-z]+:/i.test(target))
    .filter((target) => {
      const [path = '', anchor] = decodeURIComponent(target).split('#');
      const place = path === '' ? join(root, file) : resolve(root, dirname(file), path);
      if (promised.has(relative(root, place))) return false;
      if (!existsSync(place)) return true;
      return anchor !== undefined && place.endsWith('.md') && !anchorsOf(readFileSync(place, 'utf8')).has(anchor);
    })
    .map((target) => `${file}: ${target}`);
}

const folders = 'core|server|web|db|forms|bin|bench|e2e|docs|demo';

/** Files and folders named in backticks that are not there; `*` stands for anything, and <name> for a name to be chosen. */
export function findUnknownPaths(root: string, { file, text }: Markdown): string[] {
  const named = [...text.matchAll(new RegExp(`\`((?:${folders})/[\\w@.*<>…/-]*)\``, 'g'))].map((match) => match[1]!);
  return [...new Set(named)]
    .filter((path) => !/[<>…]/.test(path))
    .filter((path) => (path.includes('*') ? globSync(path, { cwd: root }).length === 0 : !existsSync(join(root, path))))
    .map((path) => `${file}: ${path}`);
}

/** What `npm run NAME` (or `npm NAME`, for start and test) names; for our commands the two words after `--` as well. */
export function commandsIn(text: string): { scripts: string[]; commands: string[] } {
  const scripts = [...text.matchAll(/npm run ([a-z][\w:-]*)/g)].map((match) => match[1]!);
  const short = [...text.matchAll(/npm (start|test)\b/g)].map((match) => match[1]!);
  const commands = [...text.matchAll(/npm run khuevan -- ([a-z]+ [a-z]+)/g)].map((match) => match[1]!);
  return { scripts: [...scripts, ...short], commands };
}
