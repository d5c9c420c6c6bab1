import EmendModel
