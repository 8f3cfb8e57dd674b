#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* The deepest nesting of brackets in a text. */
static PyObject *depth(PyObject *self, PyObject *argument) {
  Py_ssize_t size;
  const char *text = PyUnicode_AsUTF8AndSize(argument, &size);
  if (text == NULL) return NULL;
  long level = 0, deepest = 0;
  for (Py_ssize_t i = 0; i < size; i++) {
    if (text[i] == '(') level++;
    else if (text[i] == ')') level--;
    if (level > deepest) deepest = level;
  }
  return PyLong_FromLong(deepest);
}

static PyMethodDef methods[] = {{"depth", depth, METH_O, "The deepest nesting of brackets in a text."}, {NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "levels", NULL, -1, methods};

PyMODINIT_FUNC PyInit_levels(void) { return PyModule_Create(&module); }
