const icon = (path) => () => (
  <svg
    aria-hidden="true"
    viewBox="0 0 20 20"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.5"
    strokeLinecap="round"
    strokeLinejoin="round"
  >
    {path}
  </svg>
);

/** A compass. */
export const TourIcon = icon(
  <>
    <circle cx="10" cy="10" r="8" />
    <path d="M13.5 6.5l-2 5-5 2 2-5z" />
  </>,
);

/** Linked boxes. */
export const ChainIcon = icon(
  <>
    <rect x="2" y="2" width="7" height="5" rx="1" />
    <rect x="11" y="13" width="7" height="5" rx="1" />
    <path d="M5.5 7v8.5H11" />
  </>,
);

/** Lines with boxes to fill in. */
export const FormIcon = icon(
  <>
    <rect x="2" y="2.5" width="16" height="15" rx="2" />
    <path d="M5 6.5h4M5 13.5h4M11 5h4v3h-4zM11 12h4v3h-4z" />
  </>,
);
