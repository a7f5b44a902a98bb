export { serveChecks } from './checks.routes.ts';
export { selectSettingsInForce, type SettingInForce } from './settings.queries.ts';
