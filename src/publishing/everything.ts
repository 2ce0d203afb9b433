import type { Task } from './state.ts';
import type { Tree } from './tree.ts';

/** One task for everything that is drawn together, the entry points last: they link to the rest. */
export async function everything(tree: Tree): Promise<readonly Task[]> {
  const tasks: Task[] = [];
  const months: Task[] = [];
  for await (const [key, record] of tree.all()) {
    const name = key.slice(key.indexOf(':') + 1);
    if (key.startsWith('month:')) months.push(`month:${name}`);
    if (key.startsWith('entry:') && has(record, 'briefing')) tasks.push(`briefing:${name}`);
    if (key.startsWith('entry:') && has(record, 'facet')) tasks.push(`facet:${name}`);
  }
  return [...tasks, ...months, 'site'];
}

function has(record: unknown, part: 'briefing' | 'facet'): boolean {
  return (
    typeof record === 'object' &&
    record !== null &&
    Object.entries(record).some(([name, value]) => name === part && value !== null)
  );
}
