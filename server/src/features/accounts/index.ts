export { createAccountByCommand } from './account-command.ts';
export { insertAccounts, type NewAccount } from './account-loading.queries.ts';
export { serveAccounts } from './accounts.routes.ts';
export { hashPassword } from './passwords.ts';
export { verifyAudit } from './audit-verify.ts';
export { sealMailLink } from './mail-link.ts';
