/** @type {import('jest').Config} */
export default { transform: {}, testMatch: ['**/jest.test.js'] };
