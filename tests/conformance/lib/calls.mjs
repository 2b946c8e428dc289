/** Every call of the contract, in a form that is fine: for the tests that say something of all of them. */
import { newUser, unknownSid } from './given.mjs';

const merge = 'application/merge-patch+json';

/** What a holder of a session can call. `ends` are those after which the token opens nothing. */
export function holderCalls({ key = 'k' } = {}) {
  return [
    { id: 'ReadSession', method: 'GET', path: '/sessions/current' },
    { id: 'TouchSession', method: 'POST', path: '/sessions/current/touch' },
    { id: 'ReplaceData', method: 'PUT', path: '/sessions/current/data', json: { k: 1 } },
    { id: 'PatchData', method: 'PATCH', path: '/sessions/current/data', json: { k: 1 }, type: merge },
    { id: 'ReplaceKey', method: 'PUT', path: `/sessions/current/data/${key}`, json: 1 },
    { id: 'ReadKey', method: 'GET', path: `/sessions/current/data/${key}` },
    { id: 'IncrementKey', method: 'POST', path: `/sessions/current/data/${key}/increment`, json: { by: 1 } },
    { id: 'DeleteKey', method: 'DELETE', path: `/sessions/current/data/${key}` },
    { id: 'ListSiblings', method: 'GET', path: '/sessions/current/siblings' },
    { id: 'EndSiblings', method: 'DELETE', path: '/sessions/current/siblings' },
    { id: 'EndSibling', method: 'DELETE', path: `/sessions/current/siblings/${unknownSid}` },
    { id: 'IssueJwt', method: 'POST', path: '/sessions/current/jwt' },
    { id: 'SignIn', method: 'POST', path: '/sessions/current/sign-in', json: { ticket: 'A'.repeat(43) } },
    { id: 'RotateSession', method: 'POST', path: '/sessions/current/rotate' },
  ];
}

/** What the operator can call, but for ending everything. */
export function operatorCalls(sid, user = newUser()) {
  return [
    { id: 'ManageCreateSession', method: 'POST', path: '/manage/sessions', json: {} },
    { id: 'ManageReadSession', method: 'GET', path: `/manage/sessions/${sid}` },
    { id: 'ManageChangeTimes', method: 'PATCH', path: `/manage/sessions/${sid}`, json: { endsIn: 600 } },
    { id: 'ManagePatchClaims', method: 'PATCH', path: `/manage/sessions/${sid}/claims`, json: { a: 1 } },
    { id: 'ManageReplaceData', method: 'PUT', path: `/manage/sessions/${sid}/data`, json: { k: 1 } },
    { id: 'ManagePatchData', method: 'PATCH', path: `/manage/sessions/${sid}/data`, json: { k: 1 } },
    { id: 'ManageIssueTicket', method: 'POST', path: `/manage/sessions/${sid}/ticket`, json: { user } },
    { id: 'ManageListUser', method: 'POST', path: '/manage/users/sessions', json: { user } },
    { id: 'ManageEndUser', method: 'POST', path: '/manage/users/end-sessions', json: { user } },
    { id: 'ManageIntrospect', method: 'POST', path: '/manage/introspect', json: { token: 'x' } },
    { id: 'ManageSignIn', method: 'POST', path: `/manage/sessions/${sid}/sign-in`, json: { user } },
    { id: 'ManageEndSession', method: 'DELETE', path: `/manage/sessions/${sid}` },
  ];
}
