"""The code that drew `articles/demo/pictures/`. To draw them anew, or one by its name:

python -m articles.demo.drawings [name …]
"""
