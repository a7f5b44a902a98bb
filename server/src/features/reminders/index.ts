import { drawNotices, type ReminderParts, sendLetters } from './sending.actions.ts';

export { serveReminders } from './reminders.routes.ts';

/** The background work of reminders, by name of the task. */
export function reminderTasks(parts: ReminderParts): Record<string, () => Promise<void>> {
  return { 'reminders.draw': () => drawNotices(parts), 'reminders.mail': () => sendLetters(parts) };
}
