export { serveAccounts } from './accounts.routes.ts';
export { hashPassword } from './passwords.ts';
export { verifyAudit } from './audit-verify.ts';
