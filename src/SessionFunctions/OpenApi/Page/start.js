// Addresses are relative to the page, so that they hold under any route prefix.
window.ui = SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  // Nothing of the document, and no answer, goes to a third party.
  validatorUrl: null,
});
