from setuptools import Extension, setup

setup(name="levels", version="0.1.0", ext_modules=[Extension("levels", ["levels.c"], extra_compile_args=["-O2", "-g"])])
