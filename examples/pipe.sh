#!/bin/sh
# Repair everything that comes down a pipe; clean copy passes through as it is.
# usage: sh examples/pipe.sh < article.txt
despin fix - | cat
