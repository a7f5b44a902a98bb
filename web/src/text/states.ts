import { words } from './words.ts';

/** One word for each state of a report, the same on every screen and print. */
export const stateText = words(
  {
    'not-started': 'Chưa lập',
    draft: 'Đang lập',
    submitted: 'Chờ duyệt',
    returned: 'Bị trả về',
    approved: 'Đã duyệt',
    supplement: 'Cần bổ sung',
  },
  {
    'not-started': 'Not started',
    draft: 'Draft',
    submitted: 'Under review',
    returned: 'Returned',
    approved: 'Approved',
    supplement: 'Needs supplement',
  },
);
