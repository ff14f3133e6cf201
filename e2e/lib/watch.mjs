// What must hold on every page: nothing on the console, nothing against the policy, nothing failed, nobody else asked.

/** Makes violations of the content policy heard on the console, where they cannot be missed. */
function announce() {
  document.addEventListener('securitypolicyviolation', (event) => {
    console.error(`content policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
  });
}

/** Watches every page of a browser context; `problems` fills up, `expected` holds statuses that are asked for. */
export async function watch(context, base) {
  const problems = [];
  const expected = new Set();
  const note = (page, text) => problems.push(`${new URL(page.url(), base).pathname}: ${text}`);
  await context.addInitScript(announce);
  context.on('console', (message) => {
    // The answer behind this line is judged below, by its status.
    if (message.text().startsWith('Failed to load resource')) return;
    if (['error', 'warning'].includes(message.type())) note(message.page(), `console: ${message.text()}`);
  });
  context.on('weberror', (error) => note(error.page(), `script: ${error.error()}`));
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    const isOwn = origin === base || protocol === 'data:' || protocol === 'blob:';
    if (!isOwn) problems.push(`a request to ${request.url()}`);
  });
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText;
    // Going on to another page, and a download, end what is under way.
    if (reason !== 'net::ERR_ABORTED') problems.push(`${request.url()} failed: ${reason}`);
  });
  context.on('response', (response) => {
    if (response.status() < 400 || expected.has(response.status())) return;
    problems.push(`${response.request().method()} ${new URL(response.url()).pathname} answered ${response.status()}`);
  });
  return { problems, expected };
}
