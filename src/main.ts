/** The process. What it needs of Node is checked before anything else is loaded: an older one cannot even read it. */
const NEEDED_MAJOR = 24;

if (Number.parseInt(process.versions.node, 10) < NEEDED_MAJOR) {
  console.error(
    `This program needs Node ${NEEDED_MAJOR} or newer, but runs on ${process.versions.node}. Start it with \`npm start\`: a suitable Node comes with \`npm ci\`.`,
  );
  process.exitCode = 1;
} else {
  const { start } = await import('./start.js');
  await start();
}

export {};
