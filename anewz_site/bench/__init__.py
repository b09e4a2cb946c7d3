"""What `bin/bench` measures. Each module is one part, and is run as a program."""
