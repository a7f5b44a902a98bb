import * as contract from '@khuevan/core/contract/accounts.ts';
import { askConfirmation, changeOwnMail, confirmMail, readOwnMail } from '@khuevan/core/contract/reminders.ts';
import { serve, type ServerParts } from '#platform/http.ts';
import { cookieName } from '#platform/session.ts';
import {
  changeUnitAccount,
  createUnitAccount,
  delegateRole,
  endUnitDelegation,
  listUnitAccounts,
  readUnitAudit,
} from './accounts.actions.ts';
import { changeOwnPassword, confirmOwnTotp, startOwnTotp, stopOwnTotp } from './own-account.actions.ts';
import { askAgain, changeMail, confirm, describeOwnMail } from './own-mail.actions.ts';
import { describeSession, proveSecondStep, signInWithPassword } from './sign-in.actions.ts';
import { endSessions } from './sign-in.queries.ts';

export function serveAccounts(parts: ServerParts): void {
  serve(parts, contract.signIn, ({ request, reply, body }) =>
    signInWithPassword(parts, request, reply, body.username, body.password),
  );
  serve(parts, contract.proveTotp, ({ request, reply, body }) => proveSecondStep(parts, request, reply, body.code));
  serve(parts, contract.readSession, ({ session }) => describeSession(parts, session));
  serve(parts, contract.signOut, async ({ session, reply }) => {
    await endSessions(parts.database.db, session.accountId, { only: session.id });
    void reply.clearCookie(cookieName, { path: '/' });
    return {};
  });

  serve(parts, contract.changePassword, async ({ session, body }) => {
    await changeOwnPassword(parts, session, body.current, body.next);
    return {};
  });
  serve(parts, contract.startTotp, ({ session }) => startOwnTotp(parts, session));
  serve(parts, contract.confirmTotp, async ({ session, body }) => {
    await confirmOwnTotp(parts, session, body.code);
    return {};
  });
  serve(parts, contract.stopTotp, async ({ session, body }) => {
    await stopOwnTotp(parts, session, body.password, body.code);
    return {};
  });

  serve(parts, readOwnMail, ({ session }) => describeOwnMail(parts, session));
  serve(parts, changeOwnMail, ({ session, body }) => changeMail(parts, session, body));
  serve(parts, askConfirmation, ({ session }) => askAgain(parts, session));
  serve(parts, confirmMail, ({ body }) => confirm(parts, body.token));

  serve(parts, contract.listAccounts, ({ params, query, read }) =>
    read(params.unitId, (reading) => listUnitAccounts(reading, params.unitId, query.page, query.pageSize)),
  );
  serve(parts, contract.createAccount, ({ params, body, write }) =>
    write(params.unitId, 'account.created', (writing) => createUnitAccount(writing, params.unitId, body)),
  );
  serve(parts, contract.changeAccount, ({ params, body, write }) =>
    write(params.unitId, 'account.changed', (writing) =>
      changeUnitAccount(writing, params.unitId, params.accountId, body),
    ),
  );
  serve(parts, contract.delegate, ({ params, body, write }) =>
    write(params.unitId, 'role.delegated', (writing) => delegateRole(writing, params.unitId, body)),
  );
  serve(parts, contract.endDelegation, ({ params, write }) =>
    write(params.unitId, 'role.delegation-ended', async (writing) => {
      await endUnitDelegation(writing, params.unitId, params.delegationId);
      return {};
    }),
  );
  serve(parts, contract.readAudit, ({ params, query, read }) =>
    read(params.unitId, (reading) => readUnitAudit(reading, params.unitId, query)),
  );
}
