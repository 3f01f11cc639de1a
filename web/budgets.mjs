// What a first visit may weigh, gzip bytes: the page's entry, everything it imports and the view it loads.
const budgets = [
  { page: 'inbox', files: ['app.js', 'inbox.js'], limit: 40 * 1024 },
  { page: 'reports', files: ['app.js', 'reports.js'], limit: 40 * 1024 },
  { page: 'settings', files: ['app.js', 'settings.js'], limit: 40 * 1024 },
  { page: 'portal', files: ['portal.js'], limit: 2 * 1024 },
  { page: 'app css', files: ['app.css'], limit: 8 * 1024 },
  { page: 'portal css', files: ['portal.css'], limit: 3 * 1024 },
];

export function pageSizes(manifest, outputs) {
  return budgets.map(({ page, files, limit }) => {
    const needed = new Set();
    const visit = (name) => {
      if (!name || needed.has(name)) return;
      needed.add(name);
      outputs[name].imports.forEach(visit);
    };
    files.forEach((file) => visit(manifest[file]));
    const gz = [...needed].reduce((sum, name) => sum + outputs[name].gz, 0);
    return { page, gz, limit };
  });
}

export const overBudget = (sizes) => sizes.filter((line) => line.gz > line.limit);
